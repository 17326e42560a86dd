"""Handing over, delegating, reassigning: done, and refused to whom and why."""

import pytest

from approvals import decide
from approvals.models import Move
from approvals.moves import handing
from approvals.moves.record import words_of
from people.models import Kinship
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import moved, stages, world
from tests.approvals.desk import events
from tests.moved import WHY, colleague, reviewer, say, supervisor
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


def last(case):
    return Move.objects.filter(application=case.application).latest("pk")


def hand_over(case, to, user=None, text=WHY):
    return handing.hand_over(user or reviewer(), case.item().pk, to, text, case.later(1))


def delegate(case, to, user=None):
    return handing.delegate(user or reviewer(), case.item().pk, to, WHY, case.later(1))


class TestHandingOver:
    """转办."""

    def test_the_item_is_the_colleagues_from_now_on(self):
        case = moved.reviewed()
        hand_over(case, colleague())
        assert case.item().owner == colleague()
        with refused(Conflict, "claimed"):
            say(case, reviewer(), case.item())

    def test_it_is_on_record_with_its_words_and_nobody_reads_those_without_the_key(self):
        case = moved.reviewed()
        hand_over(case, colleague())
        move = last(case)
        assert (move.kind, move.by, move.to_user, words_of(move)) == ("hand_over", reviewer(), colleague(), WHY)
        assert WHY.encode() not in bytes(move.text)
        [event] = events("official.hand_over")
        assert event.data["to"] == "colleague"
        assert WHY not in str(event.data)

    def test_what_nobody_claimed_can_be_handed_on_by_who_could(self):
        case = stages.AT_STAGE["grant", "county_review"]()
        stages.colleague(case)
        hand_over(case, colleague())
        assert case.item().owner == colleague()

    def test_a_reason_is_needed(self):
        case = moved.reviewed()
        with refused(Invalid) as caught:
            hand_over(case, colleague(), text="  ")
        assert set(caught.value.errors) == {"text"}

    def test_nobody_hands_on_what_another_has(self):
        case = moved.reviewed()
        with refused(Conflict, "claimed"):
            hand_over(case, reviewer(), user=colleague())

    def test_not_to_who_has_it_already(self):
        case = moved.reviewed()
        with refused(Invalid, "has_it"):
            hand_over(case, reviewer())

    @pytest.mark.parametrize("name", ["county-approver", "dpf", "other-county", "prefecture-reviewer", "applicant"])
    def test_not_to_somebody_without_the_post(self, name):
        case = moved.reviewed()
        with refused(Invalid, "no_post"):
            hand_over(case, world.user(name))

    def test_not_to_a_relative_of_who_applies(self):
        case = moved.reviewed()
        Kinship.objects.create(user=colleague(), relative=case.application.subject, relation="sister")
        with refused(Invalid, "barred"):
            hand_over(case, colleague())

    def test_for_somebody_of_another_county_the_item_is_not_there(self):
        case = moved.reviewed()
        with refused(NotFound):
            hand_over(case, colleague(), user=world.user("other-county"))

    def test_who_only_reads_the_case_moves_nothing(self):
        case = moved.reviewed()
        with refused(Refused, "not_yours"):
            hand_over(case, colleague(), user=world.user("county-approver"))

    def test_what_is_closed_is_handed_to_nobody(self):
        case = moved.reviewed()
        item = case.item()
        say(case, reviewer(), item)
        with refused(Conflict, "already_decided"):
            handing.hand_over(reviewer(), item.pk, colleague(), WHY, case.later(1))


class TestDelegating:
    """委托: out, back, called back."""

    def test_while_it_is_out_the_owner_waits(self):
        case = moved.reviewed()
        delegate(case, colleague())
        item = case.item()
        assert (item.owner, item.delegate) == (reviewer(), colleague())
        with refused(Conflict, "waiting"):
            say(case, reviewer(), item)

    def test_advice_given_it_is_the_owners_again(self):
        case = moved.reviewed()
        delegate(case, colleague())
        handing.delegate_back(colleague(), case.item().pk, "情况属实。", case.later(1))
        item = case.item()
        assert (item.owner, item.delegate, words_of(last(case))) == (reviewer(), None, "情况属实。")
        say(case, reviewer(), item)
        assert case.application.state == "noticed"

    def test_who_advised_has_taken_part_and_acts_at_no_other_stage(self):
        case = moved.reviewed()
        delegate(case, colleague())
        handing.delegate_back(colleague(), case.item().pk, "情况属实。", case.later(1))
        say(case, reviewer(), case.item())
        case.end_notice()
        stages.official("colleague", case.item().queue.office, "approver")
        with refused(Refused, "four_eyes"):
            say(case, colleague(), case.item(), "grant")

    def test_advice_is_given_in_words(self):
        case = moved.reviewed()
        delegate(case, colleague())
        with refused(Invalid):
            handing.delegate_back(colleague(), case.item().pk, "", case.later(1))

    def test_the_owner_calls_it_back_and_goes_on(self):
        case = moved.reviewed()
        delegate(case, colleague())
        handing.call_back(reviewer(), case.item().pk, "", case.later(1))
        with refused(Conflict, "claimed"):
            handing.delegate_back(colleague(), case.item().pk, "情况属实。", case.later(1))
        say(case, reviewer(), case.item())

    def test_nothing_is_called_back_that_is_not_out(self):
        case = moved.reviewed()
        with refused(Conflict, "not_delegated"):
            handing.call_back(reviewer(), case.item().pk, "", case.later(1))

    def test_one_colleague_at_a_time(self):
        case = moved.reviewed()
        delegate(case, colleague())
        third = stages.official("third", case.item().queue.office, "reviewer")
        with refused(Conflict, "delegated"):
            delegate(case, third)

    def test_the_colleague_cannot_decide_in_the_owners_place(self):
        case = moved.reviewed()
        delegate(case, colleague())
        with refused(Conflict, "claimed"):
            say(case, colleague(), case.item())

    def test_where_the_owner_has_left_a_colleague_takes_it_and_nothing_is_out_any_more(self):
        case = moved.reviewed()
        delegate(case, colleague())
        left = reviewer()
        left.is_active = False
        left.save()
        decide.claim(colleague(), case.item().pk, case.later(1))
        assert (case.item().owner, case.item().delegate) == (colleague(), None)


class TestReassigning:
    """改派: the supervisor of the office, whoever has it."""

    def reassign(self, case, user, to=None, text=WHY):
        return handing.reassign(user, case.item().pk, to or colleague(), text, case.later(1))

    def test_a_supervisor_gives_it_to_another(self):
        case = moved.reviewed()
        self.reassign(case, supervisor())
        assert (case.item().owner, last(case).kind, last(case).by) == (colleague(), "reassign", supervisor())

    def test_also_what_waits_for_the_applicant(self):
        case = moved.reviewed()
        say(case, reviewer(), case.item(), "correction", points=(stages.POINT,))
        self.reassign(case, supervisor())
        assert case.item().owner == colleague()

    def test_a_supervisor_of_another_office_finds_nothing(self):
        case, user = moved.reviewed(), supervisor("civil_affairs")
        with refused(NotFound):
            self.reassign(case, user)

    def test_who_is_no_supervisor_reassigns_nothing(self):
        case = moved.reviewed()
        with refused(Refused, "not_yours"):
            self.reassign(case, world.user("county-approver"))

    def test_a_supervisor_keeps_out_of_a_relatives_case(self):
        case, user = moved.reviewed(), supervisor()
        Kinship.objects.create(user=user, relative=case.application.subject, relation="sister")
        with refused(Refused):
            self.reassign(case, user)

    def test_a_supervisor_gives_it_to_nobody_who_is_barred(self):
        case, user = moved.reviewed(), supervisor()
        Kinship.objects.create(user=colleague(), relative=case.application.subject, relation="sister")
        with refused(Invalid, "barred"):
            self.reassign(case, user)

    def test_a_supervisor_says_nothing_in_the_case(self):
        case, user = moved.reviewed(), supervisor()
        with refused(NotFound):
            say(case, user, case.item())
