"""Facts: reading raw JSON as what the questions of a scheme say it is.

Wrong types and impossible numbers are errors. An absent fact is missing; so is null, unless null is an answer to that
question. Names the scheme does not know are ignored, and said so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation

from people.identity import IdentityError, age_on, check_certificate, check_id, check_uscc, normalise_id
from schemes.definition import Question, SchemeDefinition
from schemes.errors import FactsError
from schemes.fact_lists import LISTS
from schemes.rules import parsing
from schemes.rules.household import Member
from schemes.rules.parsing import BadValueError
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

MOST_MEMBERS = 100
# What was answered with nothing, where nothing is no answer.
EMPTY = ("", ())


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """Facts ready for the rules; what is missing, what was not used, and what an official should look at."""

    values: dict[str, Any]
    missing: tuple[str, ...]
    unused: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """What is gathered while facts are read."""

    values: dict[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    errors: list[tuple[str, Bilingual]] = field(default_factory=list)


def read_facts(definition: SchemeDefinition, raw: Any, policy: Policy, on: date) -> ReadFacts:
    """Read everything, then complain about everything at once: FactsError."""
    if not isinstance(raw, Mapping):
        raise FactsError.of("facts", "应为对象", "must be an object")
    reading = _Reading()
    questions = definition.facts()
    _read_record(questions, raw, "", reading)
    _check_bounds(questions, policy, reading)
    if reading.errors:
        raise FactsError(tuple(reading.errors))
    _derive(reading, on)
    needed = _needed(questions, reading.values, policy)
    missing = tuple(name for name in reading.missing if name.partition("[")[0] in needed)
    return ReadFacts(reading.values, missing, tuple(reading.unused), tuple(reading.doubts))


def policy_day(definition: SchemeDefinition, raw: Any, on: date) -> date:
    """The day whose policy applies: the submission, or `determined_on` where the scheme says so and it is given."""
    if definition.policy_date == "submission" or not isinstance(raw, Mapping) or raw.get("determined_on") is None:
        return on
    try:
        return parsing.day(raw["determined_on"])
    except BadValueError as error:
        raise FactsError((("determined_on", error.message),)) from error


def _read_record(questions: tuple[Question, ...], raw: Mapping[str, Any], path: str, reading: _Reading) -> None:
    """One set of facts: the whole, or one member of a household (`path` is then its place)."""
    known = {question.as_fact for question in questions}
    reading.unused.extend(f"{path}{name}" for name in raw if name not in known)
    for question in questions:
        name = question.as_fact
        value = raw.get(name)
        if value is None:
            if name not in raw or not question.nullable:
                reading.missing.append(path + name)
            continue
        _read_one(question, value, path, reading)


def _read_one(question: Question, value: Any, path: str, reading: _Reading) -> None:
    name = path + question.as_fact
    try:
        if question.kind == "household":
            reading.values[name] = _read_household(question, value, reading)
            return
        found = _reader(question, bool(path))(value)
    except BadValueError as error:
        reading.errors.append((name, error.message))
    except IdentityError as error:
        reading.errors.append((name, _in_both_languages(error)))
    else:
        if found in EMPTY:
            reading.missing.append(name)
        else:
            reading.values[name] = found


def _reader(question: Question, in_household: bool) -> Callable[[Any], Any]:
    """How an answer of this kind is read. Monthly averages in a household may have parts of a fen."""
    if question.kind == "choice":
        return parsing.one_of(*(choice.value for choice in question.choices))
    if question.kind in LISTS:
        return LISTS[question.kind](question)
    if question.kind == "money" and in_household:
        return parsing.decimal
    return READERS[question.kind]


def _id_number(raw: Any) -> str:
    return check_id(raw).number


def _certificate(raw: Any) -> str:
    return normalise_id(raw)


READERS: dict[str, Callable[[Any], Any]] = {
    "id_number": _id_number,
    "certificate": _certificate,
    "date": parsing.day,
    "yes_no": parsing.truth,
    "money": parsing.money,
    "integer": parsing.count,
    "percent": parsing.decimal,
    "uscc": check_uscc,
    "division": parsing.division_code,
    "school": parsing.division_code,
    "text": parsing.text,
    "name": parsing.text,
    "phone": parsing.text,
    "account": parsing.text,
    "bank": parsing.text,
    "long_text": parsing.long_text,
}


def _in_both_languages(error: IdentityError) -> Bilingual:
    with translation.override("zh-hans"):
        zh = str(error.message)
    with translation.override("en"):
        return Bilingual(zh=zh, en=str(error.message))


def _read_household(question: Question, raw: Any, reading: _Reading) -> tuple[Member, ...]:
    """The members. Where anything of a member is missing or wrong the household cannot be used and is not built."""
    if not isinstance(raw, list) or not 1 <= len(raw) <= MOST_MEMBERS:
        raise BadValueError(f"应为1至{MOST_MEMBERS}名成员的列表", f"must be a list of 1 to {MOST_MEMBERS} members")
    columns = tuple(column for column in question.columns if column.fact)
    members: list[Mapping[str, Any]] = []
    for index, row in enumerate(raw):
        members.append(_read_member(columns, row, f"{question.as_fact}[{index}].", reading))
    numbers = [member["id_number"] for member in members if "id_number" in member]
    if len(set(numbers)) < len(numbers):
        reading.doubts.append("same_person_twice")
    return tuple(_members(members))


def _read_member(columns: tuple[Question, ...], row: Any, path: str, reading: _Reading) -> Mapping[str, Any]:
    if not isinstance(row, Mapping):
        reading.errors.append((path.rstrip("."), Bilingual(zh="应为对象", en="must be an object")))
        return {}
    own = _Reading(missing=reading.missing, unused=reading.unused, errors=reading.errors)
    _read_record(columns, row, path, own)
    return {name.removeprefix(path): value for name, value in own.values.items()}


def _members(rows: list[Mapping[str, Any]]) -> Iterator[Member]:
    needed = ("disabled", "monthly_wage", "other_monthly_income", "exempt_monthly_income")
    for row in rows:
        if all(name in row for name in needed):
            yield Member(employed_since=row.get("employed_since"), **{name: row[name] for name in needed})


def _check_bounds(questions: tuple[Question, ...], policy: Policy, reading: _Reading) -> None:
    """A whole number that the policy bounds is checked whenever it is given."""
    for question in questions:
        chosen = reading.values.get(question.as_fact)
        if chosen is None or question.within_policy not in policy.values:
            continue
        allowed = policy.value(question.within_policy)
        if not allowed.least <= chosen <= allowed.most:
            reading.errors.append(
                (
                    question.as_fact,
                    Bilingual(
                        zh=f"应在{allowed.least}到{allowed.most}之间",
                        en=f"must be between {allowed.least} and {allowed.most}",
                    ),
                )
            )


def _derive(reading: _Reading, on: date) -> None:
    """What the ID and the certificate say by themselves."""
    number, certificate = reading.values.get("id_number"), reading.values.get("disability_certificate")
    if number is not None:
        reading.values["age"] = age_on(check_id(number).birth, on)
    if number is not None and certificate is not None:
        reading.values["certificate_matches_id"] = certificate.startswith(number)
    if certificate is not None and _has_unusual_form(certificate):
        reading.doubts.append("certificate_form")


def _has_unusual_form(certificate: str) -> bool:
    try:
        return bool(check_certificate(certificate, None).warnings)
    except IdentityError:
        return True


def _needed(questions: tuple[Question, ...], values: Mapping[str, Any], policy: Policy) -> set[str]:
    """The facts that are asked for here, given the other facts and the policy."""
    plain = {name: given.value for name, given in policy.values.items()}
    return {question.as_fact for question in questions if question.required and question.is_shown(values, plain)}
