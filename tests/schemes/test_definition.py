"""A definition that does not hang together is refused, and the fault named."""

import copy
import json

import pytest
from django.utils import translation
from pydantic import ValidationError

from schemes.definition import SchemeDefinition
from schemes.files.catalogue_files import read_schemes
from schemes.models.versions import content_of
from schemes.texts import LocalText

GRANT = content_of(next(scheme for scheme in read_schemes() if scheme.code == "grad-jobseeking"))


@pytest.fixture
def content():
    """The content of a sound version, to be broken."""
    return copy.deepcopy(GRANT)


def faults(content):
    with pytest.raises(ValidationError) as error:
        SchemeDefinition.model_validate(content)
    return str(error.value)


@pytest.mark.parametrize("scheme", read_schemes(), ids=lambda scheme: scheme.code)
def test_a_stored_version_reads_back_as_it_was_written(scheme):
    assert SchemeDefinition.model_validate_json(json.dumps(content_of(scheme))) == scheme


def test_it_cannot_be_changed(content):
    with pytest.raises(ValidationError):
        SchemeDefinition.model_validate(content).code = "other"


def test_unknown_keys(content):
    content["colour"] = "red"
    assert "colour" in faults(content)


def test_a_question_asked_twice(content):
    content["pages"].append(content["pages"][0] | {"code": "again"})
    assert "question name stands 2 times" in faults(content)


def test_a_requirement_on_something_nobody_asks(content):
    content["requirements"][1]["condition"]["field"] = "shoe_size"
    assert "shoe_size is not defined" in faults(content)


def test_a_case_without_a_place(content):
    content["case_division"] = "moon"
    assert "case_division: moon" in faults(content)


def test_a_stage_chosen_by_a_fact_that_does_not_route(content):
    content["routing_facts"] = []
    assert "run_by is not defined" in faults(content)


def test_a_question_asked_of_nobody(content):
    content["pages"][0]["questions"][0]["asked_of"] = "stranger"
    assert "stranger is not defined" in faults(content)


def test_a_calculation_that_is_not_in_the_registry(content):
    content["calculation"] = "eval"
    assert "calculation" in faults(content)


def test_a_policy_value_nobody_can_read(content):
    content["policy_values"].append("bonus")
    assert "bonus is not defined" in faults(content)


def test_a_calculation_without_the_value_it_needs(content):
    content["policy_values"].remove("amount")
    assert "calculation needs value: amount" in faults(content)


def test_a_calculation_with_neither_of_the_facts_it_can_do_with(content):
    content["calculation"] = "by_category"
    content["policy_values"].append("category_amounts")
    assert "calculation needs fact: category or categories" in faults(content)


def test_a_calculation_with_neither_of_the_values_it_can_do_with(content):
    content["calculation"] = "share_of_paid"
    content["policy_values"].append("share")
    assert "value: monthly_ceiling and months_ceiling or amount_ceiling" in faults(content)


def test_two_decisions(content):
    content["stages"].append(content["stages"][-1] | {"code": "decide_again"})
    assert "one decide stage" in faults(content)


def test_a_confirmation_before_the_decision(content):
    content["stages"].insert(1, content["stages"][-1] | {"code": "confirm", "kind": "confirm"})
    assert "confirm stands before the decision" in faults(content)


def test_a_review_after_the_decision(content):
    content["stages"].append(content["stages"][1] | {"code": "late"})
    assert "late stands after the decision" in faults(content)


def test_a_notice_with_a_role(content):
    content["stages"][2]["role"] = "clerk"
    assert "a notice has no role" in faults(content)


def test_a_notice_may_not_show_a_certificate(content):
    content["stages"][2]["notice_columns"] = ["masked_name", "disability_certificate"]
    assert "notice_columns" in faults(content)


def test_a_countersign_stage_needs_possible_seats(content):
    label = {"zh": "会签", "en": "Countersigning"}
    seats = [{"code": code, "label": label, "function": "hrss", "level": "county", "role": "reviewer"} for code in "ab"]
    content["stages"].insert(
        1,
        content["stages"][1] | {"code": "both", "kind": "countersign", "seats": seats, "rule": "n", "seats_needed": 3},
    )
    assert "seats_needed is not possible" in faults(content)
    content["stages"][1]["seats_needed"] = 2
    assert len(SchemeDefinition.model_validate(content).stage("both").seats) == 2


@pytest.mark.parametrize("text", ["{surname}", "{name.first}", "{name!r}", "{name:>10}", "{}", "{name"])
def test_a_letter_with_anything_but_the_known_variables(content, text):
    content["letters"]["refusal"]["body"]["zh"] = text
    assert "letters.refusal" in faults(content)


def test_a_missing_letter(content):
    del content["letters"]["grant"]
    assert "letter grant is missing" in faults(content)


def test_once_for_life_needs_its_group(content):
    content["once_group"] = ""
    assert "once_group" in faults(content)


def test_what_is_relieved_is_said_of_waivers_alone(content):
    assert "relieves belongs to waivers" in faults(content | {"relieves": "fee"})


def test_what_a_relief_of_a_deposit_relieves_is_not_said():
    deposit = content_of(next(scheme for scheme in read_schemes() if scheme.calculation == "deposit_relief"))
    assert "relief of a deposit" in faults(deposit | {"relieves": "fee"})


def test_a_relief_of_a_sum_does_not_relieve_a_spacing():
    fee = content_of(next(scheme for scheme in read_schemes() if scheme.calculation == "fee_relief"))
    assert "cannot relieve spacing" in faults(fee | {"relieves": "spacing"})


def test_names_that_do_not_exist_raise(content):
    scheme = SchemeDefinition.model_validate(content)
    with pytest.raises(KeyError):
        scheme.question("shoe_size")
    with pytest.raises(KeyError):
        scheme.stage("moon")


def test_a_question_is_shown_by_answers_and_policy(content):
    question = SchemeDefinition.model_validate(content).question("seeks_work")
    assert question.is_shown({}, {"requires_seeking": True})
    assert not question.is_shown({}, {"requires_seeking": False})
    assert not question.is_shown({})


def test_a_text_speaks_the_language_of_the_reader():
    text = LocalText(zh="学校", en="School")
    with translation.override("en"):
        assert str(text) == "School"
    with translation.override("zh-hans"):
        assert str(text) == "学校"
