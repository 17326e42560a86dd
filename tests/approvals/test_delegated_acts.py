"""乙代甲: what a colleague does on a lent post is told of both, binds both, and ends with the delegation."""

from datetime import timedelta

import pytest

from applications.models import CaseActor
from approvals import decide, scope
from approvals.decide import Said
from approvals.models import Opinion
from audit.models import Event
from people import delegating
from people.delegating import Terms
from people.models import Kinship
from people.posts import appoint, dismiss
from people.refusals import NotFound, Refused
from tests import stages, world
from tests.approvals.desk import address, sign_in, text_of
from tests.stages import office, official
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
TEXT = "经审核，符合条件，同意。"


@pytest.fixture
def case():
    """A grant before the county's reviewer."""
    return world.grant().submit().say("accept")


@pytest.fixture
def lender():
    """The county's reviewer, on leave."""
    return world.user("county-reviewer")


@pytest.fixture
def deputy():
    """A clerk of another bureau of the county, who reviews nothing themselves."""
    return official("deputy", office("civil_affairs"), "clerk")


def lend(lender, deputy, case, **changes):
    post = lender.posts.get(office=office("hrss"), role="reviewer")
    day = case.at.date()
    values = {"to": deputy.username, "starts": day, "ends": day + timedelta(days=30), "document_number": "1号"}
    return delegating.lend(lender, post.pk, Terms(**values | changes), case.at)


def act(user, case, outcome="agree"):
    decide.act(user, case.item().pk, Said(outcome, text=TEXT), case.later(1))


def seats(case):
    actors = CaseActor.objects.filter(application=case.application, capacity="official")
    return dict(actors.values_list("who", "stage"))


class TestInTheLendersName:
    """Opinion, move and event name both."""

    def test_the_opinion_names_both(self, case, lender, deputy):
        lend(lender, deputy, case)
        act(deputy, case)
        opinion = Opinion.objects.latest("pk")
        assert (opinion.official, opinion.on_behalf_of) == (deputy, lender)

    def test_the_event_names_both(self, case, lender, deputy):
        lend(lender, deputy, case)
        act(deputy, case)
        event = Event.objects.filter(action="official.agree").latest("pk")
        assert (event.actor, event.on_behalf_of) == ("deputy", "county-reviewer")

    def test_a_claim_names_both(self, case, lender, deputy):
        lend(lender, deputy, case)
        decide.claim(deputy, case.item().pk, case.later(1))
        move = case.application.moves.latest("pk")
        assert (move.by, move.on_behalf_of) == (deputy, lender)

    def test_an_own_post_comes_first(self, case, lender):
        colleague = stages.colleague(case)
        lend(lender, colleague, case)
        act(colleague, case)
        assert Opinion.objects.latest("pk").on_behalf_of is None

    def test_what_the_lender_claimed_is_gone_on_with(self, case, lender, deputy):
        decide.claim(lender, case.item().pk, case.later(1))
        lend(lender, deputy, case)
        act(deputy, case)
        assert Opinion.objects.latest("pk").on_behalf_of == lender

    def test_and_so_by_a_colleague_with_an_own_post(self, case, lender):
        colleague = stages.colleague(case)
        decide.claim(lender, case.item().pk, case.later(1))
        lend(lender, colleague, case)
        act(colleague, case)
        assert Opinion.objects.latest("pk").on_behalf_of == lender

    def test_the_review_page_says_for_whom(self, case, lender, deputy, clock):
        clock.move_to(case.later(1))
        lend(lender, deputy, case)
        assert "代理市级审核岗·李" in text_of(sign_in("deputy").get(address(case)))

    def test_the_timeline_says_who_for_whom(self, case, lender, deputy, clock):
        lend(lender, deputy, case)
        act(deputy, case)
        clock.move_to(case.later(1))
        assert "deputy·新代市级审核岗·李" in text_of(sign_in("county-reviewer").get(address(case)))


class TestBoth:
    """Four eyes and recusal hold for who acts and for whom."""

    def test_both_take_the_seat(self, case, lender, deputy):
        lend(lender, deputy, case)
        act(deputy, case)
        assert seats(case).items() >= {(f"user:{deputy.pk}", "county_review"), (f"user:{lender.pk}", "county_review")}

    @pytest.mark.parametrize("who", ["lender", "deputy"])
    def test_neither_acts_at_another_stage_afterwards(self, case, lender, deputy, who):
        lend(lender, deputy, case)
        act(deputy, case)
        case.end_notice()
        user = {"lender": lender, "deputy": deputy}[who]
        queue = case.item().queue
        appoint(user, queue.office, queue.role, world.START.date())
        with refused(Refused, "four_eyes"):
            act(user, case, "grant")

    @pytest.mark.parametrize("who", ["lender", "deputy"])
    def test_who_acted_at_another_stage_bars_the_act(self, case, lender, deputy, who):
        lend(lender, deputy, case)
        user = {"lender": lender, "deputy": deputy}[who]
        CaseActor.objects.create(
            application=case.application, who=f"user:{user.pk}", capacity="official", stage="accept"
        )
        with refused(Refused, "four_eyes"):
            act(deputy, case)

    @pytest.mark.parametrize("who", ["lender", "deputy"])
    def test_a_relative_of_either_bars_the_act(self, case, lender, deputy, who):
        lend(lender, deputy, case)
        user = {"lender": lender, "deputy": deputy}[who]
        Kinship.objects.create(user=user, relative=case.application.subject, relation="sibling")
        with refused(Refused, "recusal"):
            act(deputy, case)

    @pytest.mark.parametrize("who", ["lender", "deputy"])
    def test_a_case_of_either_bars_the_act(self, case, lender, deputy, who):
        lend(lender, deputy, case)
        user = {"lender": lender, "deputy": deputy}[who]
        user.person = case.application.subject
        user.save()
        with refused(Refused, "recusal"):
            act(deputy, case)

    def test_of_two_lenders_one_is_stood_in_for_who_is_free(self, case, lender, deputy):
        second = stages.colleague(case)
        lend(lender, deputy, case)
        day = case.at.date()
        delegating.lend(second, second.posts.get().pk, Terms("deputy", day, day, "2号"), case.at)
        Kinship.objects.create(user=lender, relative=case.application.subject, relation="sibling")
        act(deputy, case)
        assert Opinion.objects.latest("pk").on_behalf_of == second


class TestTheEnd:
    """A delegation that is over acts no more, whatever was begun under it."""

    def test_a_day_after_the_last(self, case, lender, deputy):
        lend(lender, deputy, case, ends=case.at.date())
        case.later(24)
        with refused(NotFound, "not_found"):
            act(deputy, case)

    def test_a_minute_after_it_was_revoked(self, case, lender, deputy):
        delegation = lend(lender, deputy, case)
        decide.claim(deputy, case.item().pk, case.later(1))
        delegating.revoke(lender, delegation.pk, case.later(1))
        with refused(NotFound, "not_found"):
            act(deputy, case)

    def test_what_was_claimed_under_it_is_free_again(self, case, lender, deputy):
        delegation = lend(lender, deputy, case)
        decide.claim(deputy, case.item().pk, case.later(1))
        delegating.revoke(lender, delegation.pk, case.later(1))
        act(lender, case)
        assert Opinion.objects.latest("pk").official == lender

    def test_after_the_lenders_post_ended(self, case, lender, deputy):
        lend(lender, deputy, case)
        dismiss(lender.posts.get(office=office("hrss"), role="reviewer"), case.at.date())
        with refused(NotFound, "not_found"):
            act(deputy, case)


class TestScope:
    """What one sees by a delegation: the lender's office, the schemes it names, nothing more."""

    def test_the_lenders_cases(self, case, lender, deputy):
        lend(lender, deputy, case)
        assert scope.visible_cases(deputy, case.at).filter(pk=case.application.pk).exists()

    def test_not_after_the_end(self, case, lender, deputy):
        delegation = lend(lender, deputy, case)
        delegating.revoke(deputy, delegation.pk, case.at)
        assert not scope.visible_cases(deputy, case.at).exists()

    @pytest.mark.parametrize("scheme, seen", [("grad-jobseeking", True), ("dibao-phase-out", False)])
    def test_only_the_schemes_it_names(self, case, lender, deputy, scheme, seen):
        lend(lender, deputy, case, schemes=(scheme,))
        assert scope.visible_cases(deputy, case.at).filter(pk=case.application.pk).exists() is seen
        queues = [queue for queue in scope.my_queues(deputy, case.at) if queue.role == "reviewer"]
        assert [queue.schemes for queue in queues] == [frozenset({scheme})]

    def test_an_act_outside_the_schemes_is_refused(self, case, lender, deputy):
        lend(lender, deputy, case, schemes=("dibao-phase-out",))
        with refused(NotFound, "not_found"):
            act(deputy, case)

    def test_no_other_county(self, lender, deputy, case):
        lend(lender, deputy, case)
        offices = {queue.office.division_id for queue in scope.my_queues(deputy, case.at)}
        assert offices == {office("hrss").division_id}
