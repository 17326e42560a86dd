"""Facts of the newer kinds: lists of codes and of components, percents, codes of organisations, long texts."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from pydantic import ValidationError

from schemes.errors import FactsError
from schemes.facts import read_facts
from schemes.questions import Question
from schemes.rules.policy import Policy

CHOICES = [{"value": code, "label": {"zh": code, "en": code}} for code in ("ramp", "tools")]


def question(kind, **more):
    offered = CHOICES if kind in ("choice", "choices", "components") else []
    return Question.model_validate(
        {"name": "it", "kind": kind, "label": {"zh": "它", "en": "It"}, "fact": True, "choices": offered, **more}
    )


def read(kind, raw, **more):
    definition = SimpleNamespace(facts=lambda: (question(kind, **more),))
    return read_facts(definition, {"it": raw}, Policy({}), date(2026, 11, 22))


def value(kind, raw):
    return read(kind, raw).values["it"]


def refused(kind, raw):
    with pytest.raises(FactsError) as error:
        read(kind, raw)
    (name, message), *others = error.value.errors
    assert (name, others) == ("it", [])
    return message


def test_several_codes_are_read_in_the_order_given():
    assert value("choices", ["tools", "ramp"]) == ("tools", "ramp")


@pytest.mark.parametrize(
    "raw, said",
    [("ramp", "列表"), (["pool"], "ramp, tools"), (["ramp", "ramp"], "两次"), ([1], "ramp, tools"), ({}, "列表")],
)
def test_other_codes_and_doubles_are_refused(raw, said):
    assert said in refused("choices", raw).zh


def test_an_empty_list_is_no_answer():
    assert read("choices", []).missing == ("it",)
    assert read("components", [], required=False).missing == ()


def test_components_are_codes_with_a_cost_and_the_words_of_the_question():
    (row,) = value("components", [{"component": "ramp", "cost": "1200.50"}])
    assert (row.component, row.cost, row.name.zh) == ("ramp", Decimal("1200.50"), "ramp")


@pytest.mark.parametrize(
    "raw, said",
    [
        ([], "至少填写一项"),
        ([{"component": "ramp"}], "component, cost"),
        ([{"component": "ramp", "cost": 1, "more": 2}], "component, cost"),
        (["ramp"], "component, cost"),
        ([{"component": "pool", "cost": 1}], "ramp, tools"),
        ([{"component": "ramp", "cost": "1.005"}], "两位小数"),
        ([{"component": "ramp", "cost": -1}], "不能小于零"),
        ([{"component": "ramp", "cost": 1}, {"component": "ramp", "cost": 2}], "两次"),
        ({"ramp": 1}, "列表"),
    ],
)
def test_components_that_cannot_be_are_refused(raw, said):
    assert said in refused("components", raw).zh


@pytest.mark.parametrize("raw, found", [("4.35", Decimal("4.35")), (3, Decimal(3)), ("120", Decimal(120))])
def test_a_percent_is_an_exact_number(raw, found):
    assert value("percent", raw) == found


@pytest.mark.parametrize("raw", ["-1", "4%", 4.5, True, "many"])
def test_a_percent_is_never_negative_and_never_a_float(raw):
    refused("percent", raw)


def test_the_code_of_an_organisation_is_brought_into_its_one_form():
    assert value("uscc", "91110000600037341l".upper()) == "91110000600037341L"
    assert value("uscc", " 9111 0000 6000 3734 1l ") == "91110000600037341L"


@pytest.mark.parametrize("raw", ["911100006000373410", "9111000060003734", "", 91110000600037341])
def test_a_code_that_fails_its_check_is_refused_in_both_languages(raw):
    message = refused("uscc", raw)
    assert message.zh != message.en
    assert message.en.isascii()


def test_a_long_text_has_a_limit_and_no_space_around_it():
    assert value("long_text", " 一行\n两行 ") == "一行\n两行"
    assert "4000" in refused("long_text", "长" * 4001).zh
    assert read("long_text", "  ").missing == ("it",)


def test_whole_numbers_may_be_people_days_or_metres():
    assert value("integer", 250_000) == 250_000
    refused("integer", 10_000_001)


@pytest.mark.parametrize("kind", ["choices", "components"])
def test_lists_need_choices(kind):
    with pytest.raises(ValidationError):
        question(kind, choices=[])


@pytest.mark.parametrize("kind", ["percent", "uscc", "long_text", "text"])
def test_nothing_else_has_choices(kind):
    with pytest.raises(ValidationError):
        question(kind, choices=CHOICES)


def test_no_choice_stands_twice():
    with pytest.raises(ValidationError):
        question("choices", choices=[*CHOICES, *CHOICES])
