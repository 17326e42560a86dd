"""What a calculation needs: which questions and policy values a scheme that names it must have, and adding them."""

from collections.abc import Mapping
from typing import Any

from schemes.building.package import Package, known_parts
from schemes.rules.registry import CALCULATION_FACTS, CALCULATION_VALUES, ONE_OF_FACTS, ONE_OF_VALUES

# Questions for facts that no shared page asks: kind and words.
QUESTIONS: dict[str, tuple[str, str, str]] = {
    "category": ("choice", "您属于哪一类？", "Which group are you in?"),
    "trip_destination": ("choice", "您去哪里务工？", "Where do you go to work?"),
    "trips_paid_this_year": ("integer", "今年已经领过几次往返补贴？", "How many trips were paid for this year?"),
    "paid_amount": ("money", "您实际缴纳或支付了多少？", "How much did you pay?"),
    "months_claimed": ("integer", "这次申领几个月？", "How many months do you claim?"),
    "months_received": ("integer", "以前已经领过几个月？", "How many months have you received before?"),
    "days_attended": ("integer", "实际出勤几天？", "How many days did you attend?"),
    "days_planned": ("integer", "培训一共几天？", "How many days did the course have?"),
    "course_fee": ("money", "培训费是多少？", "What was the fee of the course?"),
    "courses_this_year": ("integer", "今年已经享受过几次培训补贴？", "How many courses were paid for this year?"),
    "received_total": ("money", "以前一共领过多少？", "How much have you received so far?"),
    "loan_principal": ("money", "贷款本金是多少？", "What is the principal of the loan?"),
    "annual_rate": ("percent", "贷款年利率是百分之几？", "What is the yearly rate of the loan?"),
    "days_in_quarter": ("integer", "本季度计息几天？", "How many days does the quarter count?"),
    "staff_total": ("integer", "在职职工一共多少人？", "How many people are employed?"),
    "disabled_staff": ("integer", "其中残疾职工多少人？", "How many of them are disabled?"),
    "units": ("integer", "申请几个单位的补贴？", "How many units do you claim for?"),
    "deposit_due": ("money", "应缴押金是多少？", "How much is the deposit?"),
    "deposit_paid": ("money", "已缴押金是多少？", "How much of it is paid?"),
    "fee_due": ("money", "应缴费用是多少？", "How much is the fee?"),
    "standard_distance": ("integer", "标准距离是多少米？", "What is the standard distance in metres?"),
    "actual_distance": ("integer", "实际距离是多少米？", "What is the distance in metres?"),
}
OPTIONS: dict[str, list[dict[str, Any]]] = {
    "trip_destination": [
        {"value": "in_province", "label": {"zh": "省内", "en": "Within the province"}},
        {"value": "out_of_province", "label": {"zh": "省外", "en": "Outside the province"}},
    ],
    "category": [
        {"value": "first", "label": {"zh": "第一类", "en": "First group"}},
        {"value": "second", "label": {"zh": "第二类", "en": "Second group"}},
    ],
}


def facts_needed(calculation: str) -> list[str]:
    """The facts a scheme must ask; of a choice of facts the first."""
    first = ONE_OF_FACTS.get(calculation, ((),))[0]
    return list(dict.fromkeys([*CALCULATION_FACTS[calculation], *first]))


def values_needed(calculation: str) -> list[str]:
    """The policy values it must list; of a choice of sets the first."""
    first = ONE_OF_VALUES.get(calculation, ((),))[0]
    return list(dict.fromkeys([*CALCULATION_VALUES[calculation], *first]))


def missing_facts(package: Package, calculation: str) -> list[str]:
    """The facts no question gives yet."""
    asked = {question.as_fact for question in package.reading().facts()}
    return [name for name in facts_needed(calculation) if name not in asked]


def missing_values(package: Package, calculation: str) -> list[str]:
    """The policy values not listed yet."""
    return [name for name in values_needed(calculation) if name not in package.own.get("policy_values", ())]


def with_needs(package: Package, calculation: str) -> Package:
    """The package with the calculation, and a page or value for everything it needs."""
    values = [*package.own.get("policy_values", ()), *missing_values(package, calculation)]
    grown = package.with_own(calculation=calculation, policy_values=values)
    for name in missing_facts(grown, calculation):
        if name in missing_facts(grown, calculation):  # a shared page may have brought several at once
            grown = grown.with_own(pages=[*grown.entries("pages"), page_for(name)])
    return grown


def page_for(fact: str) -> dict[str, Any]:
    """The shared page that asks for a fact, or a page of its own. Raises KeyError for a fact nobody knows to ask."""
    shared = next((code for code, part in known_parts()["pages"].items() if fact in facts_of(part)), None)
    if shared:
        return {"use": shared}
    kind, zh, en = QUESTIONS[fact]
    label = {"zh": zh, "en": en}
    question: dict[str, Any] = {"name": fact, "kind": kind, "fact": True, "label": label}
    if fact in OPTIONS:
        question["choices"] = OPTIONS[fact]
    return {"code": fact.replace("_", "-"), "title": label, "questions": [question]}


def facts_of(page: Mapping[str, Any]) -> list[str]:
    """The facts a page asks for."""
    return [one.get("fact_name") or one["name"] for one in page.get("questions", ()) if one.get("fact")]


def can_be_asked(calculation: str) -> bool:
    """Whether every fact it needs has a page or words of its own."""
    shared = {fact for part in known_parts()["pages"].values() for fact in facts_of(part)}
    return all(fact in QUESTIONS or fact in shared for fact in facts_needed(calculation))
