"""Papers lacking are told at once and before acceptance; what is wrong may be asked whenever it shows."""

import pytest

from approvals.models import Opinion
from people import vault
from people.refusals import Invalid
from tests import world
from tests.stages import AT_STAGE, POINT, TEXT, speak
from tests.unchanged import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]


def ask(case, text="", kind="incomplete"):
    speak(case.official(), case, "correction", points=(POINT,), correction_kind=kind, text=text)
    return case


def test_the_first_request_before_acceptance_needs_no_words():
    assert ask(world.grant().submit()).application.state == "returned_for_correction"


def test_a_second_one_says_why_it_was_not_told_at_once():
    case = ask(world.grant().submit()).resubmit()
    with refused(Invalid) as caught:
        ask(case, text=" ")
    assert set(caught.value.errors) == {"text"}


def test_with_the_reason_it_is_asked_and_the_reason_kept():
    case = ask(ask(world.grant().submit()).resubmit(), text=TEXT)
    opinion = Opinion.objects.get(application=case.application, round=2)
    assert vault.decrypt(case.application.data_key, bytes(opinion.text), "opinion") == TEXT


@pytest.mark.parametrize("stage", ["county_review", "decide"])
def test_after_acceptance_papers_lacking_need_a_reason(stage):
    case = AT_STAGE["grant", stage]()
    with refused(Invalid) as caught:
        ask(case)
    assert set(caught.value.errors) == {"text"}


def test_what_is_wrong_can_be_asked_in_review_without_one():
    assert ask(AT_STAGE["grant", "decide"](), kind="incorrect").application.state == "returned_for_correction"


def test_what_is_wrong_does_not_count_as_told_too_late():
    case = ask(world.grant().submit(), kind="incorrect").resubmit()
    assert ask(case).application.state == "returned_for_correction"
