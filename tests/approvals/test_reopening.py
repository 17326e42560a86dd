"""Reopening: a new round of what was ended, by another official; the old decision stays and says it was superseded."""

from datetime import timedelta

import pytest

from applications import actions, door
from approvals import decide, reopening
from approvals.models import Decision, Move
from approvals.moves import hands
from people import delegating
from people.models import Office
from people.posts import appoint, dismiss
from people.refusals import Conflict, Invalid, NotFound, Refused
from project.demo import accounts
from project.demo.stories import refuse
from tests import world

pytestmark = pytest.mark.django_db


def prefecture():
    return Office.objects.get(division_id="532500", function="hrss")


def second(name="second-approver", role="approver"):
    user = accounts._account(name, name, "!")
    appoint(user, prefecture(), role, accounts.SINCE)
    return user


def reasons(case):
    return (case.application.definition.refusal_reasons[0].code,)


def lend(lender, deputy, case):
    post, day = lender.posts.get(office=prefecture(), role="approver"), case.at.date()
    terms = delegating.Terms(deputy.username, day, day + timedelta(days=90), "1号")
    delegating.lend(lender, post.pk, terms, case.at)


def refused():
    return refuse(world.at_decision())


def reopened(user=None):
    case = refused()
    reopening.reopen(user or second(), case.public_id, "原来没有看学校的证明。", case.later(24))
    return case


class TestANewRound:
    def test_the_case_is_reviewed_again_from_the_first_stage_after_acceptance(self):
        case = reopened()
        assert (case.application.state, case.application.round) == ("in_review", 2)
        assert case.item_kind() == "review"

    def test_the_round_before_is_kept(self):
        case = reopened()
        assert list(case.application.rounds.values_list("number", flat=True)) == [1, 2]
        assert Decision.objects.filter(application=case.application, kind="refusal", round=1).exists()

    def test_the_move_says_who_and_why(self):
        case = reopened()
        assert Move.objects.get(application=case.application, kind="reopen").by.username == "second-approver"

    def test_the_new_decision_supersedes_the_old_one(self):
        case = reopened().say("agree").end_notice()
        decide.act(world.user("second-approver"), case.item().pk, decide.Said("grant", text="准予。"), case.later())
        old = Decision.objects.get(application=case.application, kind="refusal")
        new = Decision.objects.get(application=case.application, kind="grant")
        assert (new.supersedes, new.paper.supersedes, old.paper.status) == (old, old.paper, "superseded")

    def test_who_refused_it_does_not_decide_it_again_where_there_is_another(self):
        case = reopened().say("agree").end_notice()
        with pytest.raises(Refused, match="原来没有作出结论"):
            decide.act(world.user("prefecture-approver"), case.item().pk, decide.Said("grant"), case.later())

    def test_nor_does_a_colleague_for_whom_somebody_else_refused_it(self):
        case = world.at_decision()
        lender, deputy = world.user("prefecture-approver"), second("deputy", "clerk")
        lend(lender, deputy, case)
        decide.act(deputy, case.item().pk, decide.Said("refuse", text="不符合。", reasons=reasons(case)), case.later())
        assert reopening.role_for(lender, case.application, case.at) == ""
        reopening.reopen(second(), case.public_id, "原来没有看学校的证明。", case.later(24))
        case.say("agree").end_notice()
        with pytest.raises(Refused, match="原来没有作出结论"):
            decide.act(lender, case.item().pk, decide.Said("grant"), case.later())

    def test_where_everybody_has_ended_it_once_anybody_may_end_it(self):
        case = reopened().say("agree").end_notice()
        first = world.user("prefecture-approver")
        said = decide.Said("refuse", text="不符合。", reasons=reasons(case))
        decide.act(second(), case.item().pk, said, case.later())
        reopening.reopen(first, case.public_id, "申请人补来了证明。", case.later(24))
        case.say("agree").end_notice()
        decide.act(first, case.item().pk, decide.Said("grant"), case.later())
        assert case.application.state == "granted"

    def test_where_the_other_has_left_since_whoever_is_left_ends_it(self):
        case = reopened().say("agree").end_notice()
        dismiss(second().posts.get(role="approver"), case.at.date())
        case.later(48)
        decide.act(world.user("prefecture-approver"), case.item().pk, decide.Said("grant"), case.later())
        assert case.application.state == "granted"

    def test_it_is_given_to_nobody_who_ended_it_before(self):
        case = reopened().say("agree").end_notice()
        assert hands.colleagues(case.application, case.item(), case.at) == [second()]

    def test_a_case_that_was_not_accepted_waits_for_acceptance_again(self):
        case = world.grant().submit()
        case.say("not_accept", text="不属于本事项。")
        school = case.application.decisions.get(kind="not_accepted").office
        supervisor = accounts._account("school-supervisor", "督办", "!")
        appoint(supervisor, school, "supervisor", accounts.SINCE)
        reopening.reopen(supervisor, case.public_id, "属于本事项。", case.later())
        assert (case.application.state, case.item_kind()) == ("submitted", "accept")

    def test_a_lapsed_case_goes_on_where_it_was(self):
        case = world.grant().submit().say("accept")
        case.say("correction", correction_kind="incorrect", points=(("paper", "id-copy", "照片不清楚。"),))
        office = case.application.decisions.get(kind="correction").office
        supervisor = accounts._account("county-supervisor", "督办", "!")
        appoint(supervisor, office, "supervisor", accounts.SINCE)
        actions.lapse(case.public_id, world.year_later(case.at))
        case.at = world.year_later(case.at)
        reopening.reopen(supervisor, case.public_id, "补正通知没有送达。", case.later())
        assert case.application.state == "in_review"
        case.say("correction", correction_kind="incorrect", points=(("paper", "id-copy", "照片不清楚。"),)).resubmit()
        assert case.application.round == 3

    def test_who_read_the_old_route_before_is_told_that_it_has_gone(self):
        case = refused()
        before = case.application.process_ref
        reopening.reopen(second(), case.public_id, "原来没有看学校的证明。", case.later(24))
        keys = (case.application.pk, before)
        with pytest.raises(Conflict), door.open_current(*keys, user=case.user, at=case.at):
            pass


class TestRefused:
    def test_without_a_reason(self):
        case = refused()
        with pytest.raises(Invalid):
            reopening.reopen(second(), case.public_id, " ", case.later())

    @pytest.mark.parametrize("name", ["prefecture-approver", "prefecture-reviewer", "county-approver", "other-county"])
    def test_to_whoever_decided_it_and_to_all_others(self, name):
        case = refused()
        with pytest.raises(NotFound):
            reopening.reopen(world.user(name), case.public_id, "再看一次。", case.later())
        assert case.application.state == "refused"

    def test_of_what_was_granted(self):
        case = world.granted()
        with pytest.raises(Conflict):
            reopening.reopen(second(), case.public_id, "再看一次。", case.later())

    def test_twice(self):
        case = reopened()
        with pytest.raises(Conflict):
            reopening.reopen(world.user("second-approver"), case.public_id, "再看一次。", case.later())

    def test_where_the_person_has_another_live_case_of_what_is_given_once(self):
        case = refused()
        again = world.grant()
        again.at = case.at
        again.submit()
        with pytest.raises(Conflict) as conflict:
            reopening.reopen(second(), case.public_id, "再看一次。", case.later())
        assert conflict.value.code == "once_for_life"
