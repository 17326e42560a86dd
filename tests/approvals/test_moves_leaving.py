"""Declaring an interest: out of the case for ever; the case finds other hands."""

import pytest
import time_machine

from applications.models import CaseActor
from approvals.models import Move
from approvals.moves import copying, handing, lists, recusing
from approvals.moves.record import words_of
from people.refusals import Conflict, Invalid, Refused
from tests import moved, stages, world
from tests.approvals.desk import sign_in, text_of
from tests.moved import WHY, colleague, reviewer, say, supervisor
from tests.stages import prefecture
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
INTEREST = "申请人是我的邻居和债务人。"


def recuse(case, user=None, text=INTEREST):
    return recusing.recuse(user or reviewer(), case.item().pk, text, case.later(1))


def test_the_item_is_free_again_and_a_colleague_goes_on():
    case = moved.reviewed()
    recuse(case)
    assert case.item().owner is None
    say(case, colleague(), case.item())
    assert case.application.state == "noticed"


def test_it_is_on_record_with_its_reason_for_those_with_the_key():
    case = moved.reviewed()
    recuse(case)
    move = Move.objects.get(kind="recuse")
    assert (move.by, words_of(move)) == (reviewer(), INTEREST)
    assert INTEREST.encode() not in bytes(move.text)


def test_who_declared_an_interest_acts_at_no_stage_any_more():
    case = moved.reviewed()
    recuse(case)
    with refused(Refused, "recusal"):
        say(case, reviewer(), case.item())
    say(case, colleague(), case.item())
    case.end_notice()
    stages.official("county-reviewer", case.item().queue.office, "approver")
    with refused(Refused, "recusal"):
        say(case, reviewer(), case.item(), "grant")


def test_it_is_one_row_of_the_case_that_keeps_them_out():
    case = moved.reviewed()
    recuse(case)
    [row] = CaseActor.objects.filter(application=case.application, who=f"user:{reviewer().pk}")
    assert (row.capacity, row.stage) == ("recused", "")


def test_nobody_hands_them_the_case_or_a_copy_of_it():
    case = moved.reviewed()
    recuse(case)
    with refused(Invalid, "barred"):
        handing.hand_over(colleague(), case.item().pk, reviewer(), WHY, case.later(1))
    with refused(Invalid, "barred"):
        copying.copy(colleague(), case.application, [reviewer()], "", case.later(1))


def test_a_reason_is_needed():
    case = moved.reviewed()
    with refused(Invalid):
        recuse(case, text="")


def test_who_could_take_it_declares_an_interest_before_claiming():
    case = stages.AT_STAGE["grant", "county_review"]()
    stages.colleague(case)
    recuse(case)
    assert case.item().queue.office == stages.office("hrss")


def test_what_a_colleague_has_is_left_with_them():
    case = moved.reviewed()
    with refused(Conflict, "claimed"):
        recuse(case, colleague())


def test_who_was_asked_for_advice_declares_an_interest_and_the_owner_goes_on():
    case = moved.reviewed()
    handing.delegate(reviewer(), case.item().pk, colleague(), WHY, case.later(1))
    recuse(case, colleague())
    assert (case.item().owner, case.item().delegate) == (reviewer(), None)
    say(case, reviewer(), case.item())


def test_where_nobody_is_left_the_office_above_has_it():
    case = stages.AT_STAGE["grant", "county_review"]()
    recuse(case)
    item = case.item()
    assert (item.queue.office, item.queue.role, item.owner) == (prefecture("hrss"), "reviewer", None)
    assert Move.objects.get(kind="recuse").to_office == prefecture("hrss")
    say(case, world.user("prefecture-reviewer"), item)
    assert case.application.state == "noticed"


def test_where_there_is_none_above_either_the_supervisor_sees_it_with_the_reason():
    case = world.grant().submit()
    clerk, school = case.official(), case.item().queue.office
    overseer = stages.official("supervisor-school", school, "supervisor")
    recuse(case, clerk)
    assert case.item().queue.office == school
    [(item, move)] = lists.stranded(overseer, case.at)
    assert (item, words_of(move)) == (case.item(), INTEREST)
    assert lists.stranded(supervisor(), case.at) == []


def test_the_page_of_supervision_shows_it():
    case = world.grant().submit()
    stages.official("supervisor-school", case.item().queue.office, "supervisor")
    recuse(case, case.official())
    with time_machine.travel(case.at):
        page = text_of(sign_in("supervisor-school").get("/inbox/supervise/"))
    assert "无人可办的件" in page
    assert INTEREST in page
    assert case.application.number in page


def test_and_gives_it_to_somebody_new():
    case = world.grant().submit()
    school = case.item().queue.office
    overseer = stages.official("supervisor-school", school, "supervisor")
    recuse(case, case.official())
    fresh = stages.official("fresh", school, "clerk")
    handing.reassign(overseer, case.item().pk, fresh, WHY, case.later(1))
    assert lists.stranded(overseer, case.at) == []
    say(case, fresh, case.item(), "accept")
