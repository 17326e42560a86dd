"""Copies, urging, and the lists they feed: what changes nobody's work but tells somebody of it."""

from datetime import timedelta

import pytest

from applications import actions
from approvals import review, scope
from approvals.models import CaseCopy, Move
from approvals.moves import copying, lists, urging
from approvals.moves.record import readable_words
from people.models import Kinship
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import moved, stages, world
from tests.moved import WHY, add, colleague, reviewer, say, supervisor
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


def copy(case, *to, user=None, text=WHY):
    return copying.copy(user or reviewer(), case.application, to, text, case.later(1))


def sees(user, case):
    return scope.visible_cases(user, case.at).filter(pk=case.application.pk).exists()


class TestCopying:
    """抄送."""

    def test_who_gets_a_copy_reads_the_case_and_acts_on_nothing(self):
        case, reader = moved.reviewed(), world.user("dpf")
        assert not sees(reader, case)
        copy(case, reader)
        assert sees(reader, case)
        assert review.load(reader, review.case_for(reader, case.public_id, case.at), case.at).may_act is False
        with refused(NotFound):
            say(case, reader, case.item())

    def test_the_words_are_for_those_with_the_key(self):
        case = moved.reviewed()
        [made] = copy(case, world.user("dpf"))
        assert readable_words(made) == WHY
        assert WHY.encode() not in bytes(made.text)
        assert Move.objects.get(kind="copy").to_user == world.user("dpf")

    def test_without_a_post_the_copy_opens_nothing(self):
        case, reader = moved.reviewed(), stages.official("reader", stages.office("dpf"), "reviewer")
        copy(case, reader)
        reader.posts.update(ends=case.at.date() - timedelta(days=1))
        assert not sees(reader, case)

    def test_in_another_county_it_opens_nothing_any_more(self):
        case, reader = moved.reviewed(), world.user("dpf")
        copy(case, reader)
        reader.posts.update(ends=case.at.date() - timedelta(days=1))
        stages.official("dpf", stages.office("hrss", "532502"), "reviewer")
        assert not sees(reader, case)

    def test_at_an_office_above_it_stays_open(self):
        case, reader = moved.reviewed(), world.user("dpf")
        copy(case, reader)
        reader.posts.update(ends=case.at.date() - timedelta(days=1))
        stages.official("dpf", stages.prefecture("finance"), "reviewer")
        assert sees(reader, case)

    @pytest.mark.parametrize("name", ["other-county", "applicant", "auditor", "finance-maker", "county-reviewer"])
    def test_it_goes_to_nobody_out_of_line_without_a_case_post_or_to_oneself(self, name):
        case = moved.reviewed()
        with refused(Invalid, "barred"):
            copy(case, world.user(name))

    def test_not_to_a_relative(self):
        case = moved.reviewed()
        Kinship.objects.create(user=world.user("dpf"), relative=case.application.subject, relation="sister")
        with refused(Invalid, "barred"):
            copy(case, world.user("dpf"))

    def test_somebody_is_chosen(self):
        case = moved.reviewed()
        with refused(Invalid):
            copy(case)

    def test_who_only_reads_the_case_passes_it_on_to_nobody(self):
        case = moved.reviewed()
        with refused(Refused, "not_yours"):
            copy(case, world.user("dpf"), user=world.user("county-approver"))

    def test_who_got_a_copy_passes_it_on_to_nobody(self):
        case = moved.reviewed()
        copy(case, world.user("dpf"))
        with refused(Refused, "not_yours"):
            copy(case, world.user("prefecture-reviewer"), user=world.user("dpf"))

    def test_reading_is_acknowledged_once(self):
        case, reader = moved.reviewed(), world.user("dpf")
        copy(case, reader)
        assert copying.mark_read(reader, case.application, case.later(1)) == 1
        assert copying.mark_read(reader, case.application, case.later(1)) == 0
        assert CaseCopy.objects.get().read_at is not None


class TestUrging:
    """催办."""

    def urge(self, case, user, hours=1):
        return urging.urge(user, case.item().pk, "", case.later(hours))

    def test_who_handed_it_on_urges_who_has_it(self):
        case = moved.reviewed()
        self.urge(case, world.user("school"))
        assert case.item().urged_at == case.at
        assert (Move.objects.get(kind="urge").by, Move.objects.get(kind="urge").to_user) == (
            world.user("school"), reviewer(),
        )  # fmt: skip

    def test_a_supervisor_does_too(self):
        case = moved.reviewed()
        self.urge(case, supervisor())
        assert case.item().urged_at == case.at

    def test_who_added_a_seat_urges_who_sits_there(self):
        case = moved.reviewed()
        seat = add(case, "before")
        urging.urge(reviewer(), seat.pk, "", case.later(1))

    def test_not_again_within_three_working_days(self):
        case, overseer = moved.reviewed(), supervisor()
        self.urge(case, world.user("school"))
        with refused(Conflict, "too_soon"):
            self.urge(case, overseer, 24)
        self.urge(case, world.user("school"), 24 * 7)

    def test_not_who_has_it_and_not_a_stranger(self):
        case = moved.reviewed()
        with refused(Refused, "not_yours"):
            self.urge(case, reviewer())
        with refused(NotFound):
            self.urge(case, world.user("other-county"))

    def test_nobody_while_it_waits_for_the_applicant(self):
        case = moved.reviewed()
        say(case, reviewer(), case.item(), "correction", points=(stages.POINT,))
        with refused(Conflict):
            self.urge(case, world.user("school"))


class TestApplicantsUrging:
    """The applicant, from their own page."""

    def urge(self, case, days, user=None):
        return urging.urge_own(user or case.user, case.public_id, "", case.later(24 * days))

    def test_after_three_working_days(self):
        case = world.grant().submit()
        with refused(Conflict, "too_soon"):
            self.urge(case, 1)
        self.urge(case, 6)
        assert case.item().urged_at == case.at

    def test_not_twice_within_three_working_days(self):
        case = world.grant().submit()
        self.urge(case, 7)
        with refused(Conflict, "too_soon"):
            self.urge(case, 1)
        self.urge(case, 7)

    def test_at_once_when_it_is_late(self):
        case = world.grant().submit().say("accept")
        case.at = case.item().due_at
        urging.urge_own(case.user, case.public_id, "", case.later(1))
        assert case.item().urged_at == case.at

    def test_nobody_elses_case(self):
        case = world.grant().submit()
        with refused(NotFound):
            self.urge(case, 7, world.user("applicant2"))

    def test_nothing_is_urged_that_waits_for_oneself_or_has_ended(self):
        case = world.grant().submit().ask_to_correct()
        with refused(Conflict):
            self.urge(case, 7)
        actions.withdraw(case.user, case.public_id, case.later(1))
        with refused(Conflict):
            self.urge(case, 7)


class TestLists:
    """抄送我, 我发起, 办结."""

    def test_what_was_copied_to_me(self):
        case = moved.reviewed()
        [made] = copy(case, world.user("dpf"))
        assert list(lists.copied_to(world.user("dpf"), case.at)) == [made]
        assert not lists.copied_to(colleague(), case.at).exists()

    def test_what_i_began(self):
        case = moved.reviewed()
        assert not lists.started_by(reviewer(), case.at).exists()
        add(case, "before")
        assert list(lists.started_by(reviewer(), case.at)) == [case.application]

    def test_what_i_worked_on_and_has_ended(self):
        case = world.at_decision()
        assert not lists.finished(reviewer(), case.at).exists()
        case.say("grant")
        assert list(lists.finished(reviewer(), case.at)) == [case.application]
        assert not lists.finished(world.user("dpf"), case.at).exists()
