"""Taking back: while nobody has gone on from there; the seat opens again, what was said stays on record."""

import pytest

from approvals import decide
from approvals.models import Move, Opinion
from approvals.moves import seating, taking_back
from approvals.moves.record import words_of
from people.refusals import Conflict, Invalid, Refused
from tests import countersigned, moved, stages, world
from tests.moved import WHY, add, bureau, items, say
from tests.stages import AT_STAGE
from tests.unchanged import refused
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db


def said(outcome="agree", **more):
    """A waiver whose federation has just spoken: it lies before the county's reviewer. And that item, and who spoke."""
    case = AT_STAGE["waiver", "dpf_opinion"]()
    item, user = case.item(), case.official()
    say(case, user, item, outcome, **more)
    return case, item, user


def take_back(case, item, user, text=WHY):
    return taking_back.take_back(user, item.pk, text, case.later(1))


def unnamed_after(case, base):
    bureau()
    return seating.add_seat(moved.reviewer(), base.pk, stages.office("dpf"), "after", WHY, case.later(1))


class TestDone:
    """The seat is theirs again."""

    @pytest.mark.parametrize("outcome", ["agree", "disagree"])
    def test_the_route_returns_and_the_seat_opens_for_who_took_it_back(self, outcome):
        case, item, user = said(outcome)
        assert case.item().stage == "county_review"
        renewed = take_back(case, item, user)
        assert case.item() == renewed
        assert (renewed.stage, renewed.owner, renewed.due_at) == ("dpf_opinion", user, item.due_at)

    def test_what_was_said_stays_on_record_and_another_word_is_said_beside_it(self):
        case, item, user = said()
        renewed = take_back(case, item, user)
        say(case, user, renewed, "disagree")
        spoken = Opinion.objects.filter(application=case.application, stage="dpf_opinion").order_by("pk")
        assert [(one.item, one.outcome) for one in spoken] == [(item, "agree"), (renewed, "disagree")]
        assert case.item().stage == "county_review"

    def test_it_is_on_record_with_its_reason(self):
        case, item, user = said()
        take_back(case, item, user)
        move = Move.objects.get(kind="take_back")
        assert (move.item, move.by, words_of(move)) == (item, user, WHY)

    def test_what_was_sent_back_comes_back(self):
        case = AT_STAGE["waiver", "county_review"]()
        item, user = case.item(), case.official()
        say(case, user, item, "send_back", target="dpf_opinion")
        assert case.item().stage == "dpf_opinion"
        renewed = take_back(case, item, user)
        assert (case.item(), renewed.stage) == (renewed, "county_review")
        say(case, user, renewed)
        assert case.item().kind == "decide"

    def test_it_can_be_done_again_after_another_word(self):
        case, item, user = said()
        again = take_back(case, item, user)
        say(case, user, again)
        assert take_back(case, again, user).seat == "main~3"


class TestRefused:
    """Too late, not theirs, not to be unsaid."""

    def test_the_next_one_has_claimed_it(self):
        case, item, user = said()
        decide.claim(case.official(), case.item().pk, case.later(1))
        with refused(Conflict, "gone_on"):
            take_back(case, item, user)

    def test_the_next_one_has_spoken(self):
        case, item, user = said()
        case.say("agree")
        with refused(Conflict, "gone_on"):
            take_back(case, item, user)

    def test_it_is_taken_back_once(self):
        case, item, user = said()
        take_back(case, item, user)
        with refused(Conflict, "gone_on"):
            take_back(case, item, user)

    def test_a_notice_went_out(self):
        case = moved.reviewed()
        item = case.item()
        say(case, moved.reviewer(), item)
        with refused(Conflict, "gone_on"):
            take_back(case, item, moved.reviewer())

    def test_the_case_was_withdrawn(self):
        case, item, user = said()
        case.withdraw()
        with refused(Conflict, "gone_on"):
            take_back(case, item, user)

    def test_a_paper_was_issued(self):
        case = world.waiver().submit()
        item, user = case.item(), case.official()
        say(case, user, item, "accept")
        with refused(Refused, "not_takeable"):
            take_back(case, item, user)

    def test_a_decision_stands(self):
        case = world.at_decision()
        item, user = case.item(), case.official()
        say(case, user, item, "grant")
        with refused(Refused, "not_takeable"):
            take_back(case, item, user)

    def test_a_colleague_takes_nothing_back(self):
        case, item, _user = said()
        other = stages.official("colleague", item.queue.office, "reviewer")
        with refused(Refused, "not_yours"):
            take_back(case, item, other)

    def test_a_reason_is_needed(self):
        case, item, user = said()
        with refused(Invalid):
            take_back(case, item, user, text="")


class TestSeveralSeats:
    """What the others said at the stage counts on."""

    def test_one_of_three_takes_back_while_the_others_have_not_signed(self):
        case = countersigned.case()
        countersigned.sign(case, "dpf")
        renewed = take_back(case, countersigned.seat(case, "dpf"), world.user("reviewer-dpf"))
        assert items(case) == {
            "hrss": ("", False), "education_sports": ("", False), "dpf": ("returned", False), "dpf~2": ("", False),
        }  # fmt: skip
        countersigned.sign(case, "hrss")
        countersigned.sign(case, "education_sports")
        assert case.application.state == "in_review"
        say(case, world.user("reviewer-dpf"), renewed)
        assert case.application.state == "noticed"

    def test_the_last_of_an_acceptance_with_a_seat_after_it_takes_its_own_word_back(self):
        case = world.waiver().submit()
        clerk = case.official()
        seat = add(case, "after", "hrss", by=clerk)
        case_items = WorkItem.objects.filter(case_id=case.application.pk)
        say(case, clerk, case_items.get(seat="main"), "accept")
        say(case, bureau("hrss"), seat)
        assert case.item().stage == "dpf_opinion"
        renewed = take_back(case, seat, bureau("hrss"))
        assert (case.item(), renewed.placement, renewed.seat) == (renewed, "after", "main+1~2")
        say(case, bureau("hrss"), renewed, "disagree")
        assert case.item().stage == "dpf_opinion"

    def test_who_waits_after_it_waits_again(self):
        case = moved.reviewed()
        base = case.item()
        seat = unnamed_after(case, base)
        say(case, moved.reviewer(), base)
        renewed = take_back(case, base, moved.reviewer())
        assert items(case) == {"main": ("returned", False), "main+1": ("", True), "main~2": ("", False)}
        say(case, moved.reviewer(), renewed)
        say(case, bureau(), seat)
        assert case.application.state == "noticed"

    def test_not_when_who_waits_after_it_has_taken_it(self):
        case = moved.reviewed()
        base = case.item()
        unnamed_after(case, base)
        say(case, moved.reviewer(), base)
        decide.claim(bureau(), case.item().pk, case.later(1))
        with refused(Conflict, "gone_on"):
            take_back(case, base, moved.reviewer())

    def test_seats_that_fell_with_it_open_again(self):
        case = AT_STAGE["waiver", "county_review"]()
        item, user = case.item(), case.official()
        add(case, "beside", "hrss", by=user)
        say(case, user, item, "send_back", target="dpf_opinion")
        take_back(case, item, user)
        open_now = WorkItem.objects.filter(case_id=case.application.pk, closed_at=None)
        assert {(one.stage, one.seat) for one in open_now} == {
            ("county_review", "main~2"), ("county_review", "main+1~2"),
        }  # fmt: skip


@pytest.mark.postgres_threads
def test_taking_back_against_claiming_one_of_both_wins(race):
    case, item, user = said()
    following, official, at = case.item(), case.official(), case.later(1)
    results = race(
        lambda: taking_back.take_back(user, item.pk, WHY, at),
        lambda: decide.claim(official, following.pk, at),
    )
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert WorkItem.objects.filter(case_id=case.application.pk, closed_at=None).count() == 1
