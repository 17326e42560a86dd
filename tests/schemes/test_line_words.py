"""Lines in words: answers that are codes are told as the question tells them."""

from datetime import date
from decimal import Decimal

from schemes.rules.conditions import Condition
from schemes.rules.engine import RuleSet, evaluate
from schemes.rules.requirements import Requirement
from schemes.rules.texts import Bilingual
from tests.schemes.rulebook import line, policy_of

ON = date(2026, 11, 22)
WORDS = {"senior": Bilingual(zh="高级工", en="Senior worker"), "junior": Bilingual(zh="初级工", en="Junior worker")}
TABLE = {"category_amounts": {"senior": 2000, "junior": 1000}}


def outcome(facts, requirements=(), calculation="by_category", choices=None):
    rules = RuleSet(requirements, calculation, choices or {"categories": WORDS, "category": WORDS})
    return evaluate(rules, facts, policy_of(TABLE), ON)


def test_a_category_is_told_by_its_name():
    told = line(outcome({"category": "senior"}), "category")
    assert (told.value, told.value_zh, told.value_en) == ("senior", "高级工", "Senior worker")


def test_the_highest_of_several_is_told_by_its_name():
    found = outcome({"categories": ("junior", "senior")})
    assert line(found, "highest_category").value_zh == "高级工"
    assert found.amount == Decimal(2000)


def test_a_code_nobody_has_words_for_stays_a_code():
    assert line(outcome({"category": "senior"}, choices={"other": {}}), "category").value_zh == "senior"


def test_a_requirement_on_a_list_shows_every_answer():
    rule = Requirement(
        code="of_a_kind",
        label=Bilingual(zh="属于", en="Is one of"),
        condition=Condition(field="categories", op="has", value="senior"),
        shows="categories",
    )
    told = line(outcome({"categories": ("senior", "junior")}, [rule]), "of_a_kind")
    assert (told.result, told.value) == ("pass", "senior, junior")
    assert (told.value_zh, told.value_en) == ("高级工、初级工", "Senior worker, Junior worker")
