"""A scheme of organisations asks who they are, who acts for them and where to pay; otherwise it is refused."""

import copy

import pytest
from pydantic import ValidationError

from schemes.definition import SchemeDefinition
from schemes.models.versions import content_of
from tests import institution

SOUND = content_of(institution.definition())
QUESTIONS = [
    "organisation",
    "uscc",
    "legal_representative",
    "name",
    "id_number",
    "phone",
    "account",
    "bank",
]


def without(name):
    content = copy.deepcopy(SOUND)
    for page in content["pages"]:
        page["questions"] = [question for question in page["questions"] if question["name"] != name]
    content["pages"] = [page for page in content["pages"] if page["questions"]]
    return content


def changed(name, **changes):
    content = copy.deepcopy(SOUND)
    for page in content["pages"]:
        page["questions"] = [
            question | changes if question["name"] == name else question for question in page["questions"]
        ]
    return content


def faults(content):
    with pytest.raises(ValidationError) as error:
        SchemeDefinition.model_validate(content)
    return str(error.value)


def test_the_sound_one_is_accepted():
    assert SchemeDefinition.model_validate(SOUND).applicant == "organisation"


@pytest.mark.parametrize("name", QUESTIONS)
def test_one_question_left_out_is_named(name):
    assert f"a question every organisation answers: {name} is not defined" in faults(without(name))


@pytest.mark.parametrize("changes", [{"required": False}, {"nullable": True}])
def test_one_that_may_stay_empty_is_named(changes):
    assert "a question every organisation answers: uscc" in faults(changed("uscc", **changes))


def test_one_that_is_not_always_shown_is_named():
    shown = {"field": "home_division", "op": "eq", "value": "532503"}
    assert "a question every organisation answers: uscc" in faults(changed("uscc", shown_when=shown))


@pytest.mark.parametrize("name", ["legal_representative", "account", "bank"])
def test_where_no_money_is_paid_no_account_is_needed(name):
    content = without(name) | {
        "benefit_kind": "service",
        "calculation": "no_amount",
        "policy_values": [],
        "letters": SOUND["letters"] | {"service": SOUND["letters"]["grant"]},
    }
    assert SchemeDefinition.model_validate(content).benefit_kind == "service"
