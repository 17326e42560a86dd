"""Added seats: before, beside and after one of the route; under every rule of countersigning; on every way out."""

import pytest

from approvals import decide
from approvals.moves import seating
from people.refusals import Conflict, Invalid, Refused
from tests import countersigned, moved, stages, world
from tests.moved import WHY, add, bureau, items, reviewer, say
from tests.unchanged import refused
from workflows.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]


def state(case):
    return case.application.state


class TestBefore:
    """The base waits for the seat added before it."""

    def test_the_base_waits_and_then_is_free(self):
        case = moved.reviewed()
        seat = add(case, "before")
        assert items(case) == {"main": ("", True), "main+1": ("", False)}
        say(case, bureau(), seat)
        assert items(case) == {"main": ("", False), "main+1": ("done", False)}

    def test_while_it_waits_nothing_is_said_there(self):
        case = moved.reviewed()
        base = case.item()
        add(case, "before")
        with refused(Conflict, "waiting"):
            say(case, reviewer(), base)

    def test_the_base_waits_for_all_of_several(self):
        case = moved.reviewed()
        base = case.item()
        first = add(case, "before")
        second = add(case, "before", "civil_affairs", base)
        say(case, bureau(), first)
        assert items(case)["main"] == ("", True)
        say(case, bureau("civil_affairs"), second)
        assert items(case)["main"] == ("", False)

    def test_a_no_there_is_an_opinion_and_stops_nothing(self):
        case = moved.reviewed()
        base, seat = case.item(), add(case, "before")
        say(case, bureau(), seat, "disagree")
        assert state(case) == "in_review"
        say(case, reviewer(), base)
        assert state(case) == "noticed"

    def test_a_no_there_needs_words(self):
        case = moved.reviewed()
        seat = add(case, "before")
        with refused(Invalid):
            say(case, bureau(), seat, "disagree", text=" ")

    def test_a_yes_needs_none(self):
        case = moved.reviewed()
        say(case, bureau(), add(case, "before"), text="")
        assert items(case)["main+1"] == ("done", False)


class TestBeside:
    """Both are closed before the case goes on."""

    @pytest.mark.parametrize("first", ["base", "added"])
    def test_it_goes_on_when_both_have_spoken(self, first):
        case = moved.reviewed()
        base, seat = case.item(), add(case, "beside")
        acts = [(reviewer(), base), (bureau(), seat)]
        for user, item in acts if first == "base" else acts[::-1]:
            assert state(case) != "noticed"
            say(case, user, item)
        assert state(case) == "noticed"


class TestAfter:
    """The added seat waits for the base; only then the stage is complete."""

    def test_it_waits_then_wakes_then_completes(self):
        case = moved.reviewed()
        base, seat = case.item(), add(case, "after")
        assert items(case)["main+1"] == ("", True)
        with refused(Conflict, "waiting"):
            say(case, bureau(), seat)
        say(case, reviewer(), base)
        assert (items(case)["main+1"], state(case)) == (("", False), "in_review")
        say(case, bureau(), seat)
        assert state(case) == "noticed"

    def test_at_acceptance_the_case_is_accepted_and_waits_for_it(self):
        case = world.grant().submit()
        base = case.item()
        clerk = case.official()
        seat = add(case, "after", by=clerk)
        say(case, clerk, base, "accept")
        assert state(case) == "accepted"
        say(case, bureau(), seat)
        assert case.item().stage == "county_review"

    def test_it_is_not_offered_where_somebody_decides(self):
        case = world.at_decision()
        approver, _asked = case.official(), bureau()
        with refused(Invalid, "placement"):
            add(case, "after", by=approver)


class TestDeciding:
    """Who decides hears everybody who was asked."""

    @pytest.mark.parametrize("outcome, said", [("grant", {}), ("refuse", {"reasons": ("no_evidence",)})])
    def test_nothing_is_decided_before_a_seat_beside_has_spoken(self, outcome, said):
        case = world.at_decision()
        base, approver = case.item(), case.official()
        seat = add(case, "beside", by=approver)
        with refused(Conflict, "unheard"):
            say(case, approver, base, outcome, **said)
        say(case, bureau(), seat, "disagree")
        say(case, approver, base, outcome, **said)
        assert state(case) == {"grant": "granted", "refuse": "refused"}[outcome]

    def test_a_case_is_not_turned_down_at_the_counter_before_that(self):
        case = world.grant().submit()
        base, clerk = case.item(), case.official()
        add(case, "beside", by=clerk)
        with refused(Conflict, "unheard"):
            say(case, clerk, base, "not_accept")

    def test_stages_heard_in_this_way_are_none_to_send_a_case_back_to(self):
        case = world.grant(0).submit()
        base, clerk = case.item(), case.official()
        say(case, bureau(), add(case, "before", by=clerk))
        say(case, clerk, base, "accept")
        case.end_notice()
        assert decide.earlier_stages(case.item(), case.application) == []


class TestWaysOut:
    """Sent back, withdrawn, corrected: no seat is left open where the case is not."""

    @pytest.mark.parametrize("placement", ["before", "beside", "after"])
    def test_a_withdrawn_case_leaves_no_seat_open(self, placement):
        case = moved.reviewed()
        add(case, placement)
        case.withdraw()
        assert items(case) == {"main": ("cancelled", False), "main+1": ("cancelled", False)}

    @pytest.mark.parametrize("placement", ["beside"])
    def test_a_case_sent_back_leaves_none_open_either(self, placement):
        case = world.at_decision()
        base, approver = case.item(), case.official()
        add(case, placement, by=approver)
        say(case, approver, base, "send_back", target="county_review")
        assert case.item().stage == "county_review"

    @pytest.mark.parametrize("placement", ["beside", "after"])
    def test_a_correction_stops_every_clock_and_all_go_on_after_it(self, placement):
        case = moved.reviewed()
        base, seat = case.item(), add(case, placement)
        say(case, reviewer(), base, "correction", points=(stages.POINT,))
        assert not WorkItem.objects.filter(case_id=case.application.pk, closed_at=None, paused_at=None).exists()
        case.resubmit()
        say(case, reviewer(), base)
        say(case, bureau(), seat)
        assert state(case) == "noticed"


RULES = [
    ({"rule": "all"}, ["hrss", "education_sports", "dpf"]),
    ({"rule": "any"}, ["hrss"]),
    ({"rule": "n", "seats_needed": 2}, ["hrss", "dpf"]),
]


@pytest.mark.parametrize("rule, enough", RULES)
class TestCountersigning:
    """Added seats are heard, not counted."""

    @pytest.mark.parametrize("placement", ["beside", "after"])
    def test_the_stage_waits_for_a_seat_added_to_one_that_counted(self, rule, enough, placement):
        case = countersigned.case(**rule)
        base = countersigned.seat(case, "hrss")
        seat = add(case, placement, "civil_affairs", base, world.user("reviewer-hrss"))
        for function in enough:
            countersigned.sign(case, function)
        assert state(case) == "in_review"
        say(case, bureau("civil_affairs"), seat, "disagree")
        assert state(case) == "noticed"

    def test_a_seat_added_before_holds_only_its_own_base(self, rule, enough):
        case = countersigned.case(**rule)
        base = countersigned.seat(case, "hrss")
        seat = add(case, "before", "civil_affairs", base, world.user("reviewer-hrss"))
        with refused(Conflict, "waiting"):
            countersigned.sign(case, "hrss")
        say(case, bureau("civil_affairs"), seat)
        for function in enough:
            countersigned.sign(case, function)
        assert state(case) == "noticed"

    @pytest.mark.parametrize("placement", ["before", "beside", "after"])
    def test_one_no_that_ends_the_stage_makes_the_others_moot_with_what_was_added_to_them(
        self, rule, enough, placement
    ):
        case = countersigned.case(one_no="ends", **rule)
        add(case, placement, "civil_affairs", countersigned.seat(case, "hrss"), world.user("reviewer-hrss"))
        countersigned.sign(case, "dpf", "disagree")
        assert state(case) == "noticed"
        assert countersigned.seats(case) == {
            "hrss": "moot", "education_sports": "moot", "dpf": "against", "hrss+1": "moot",
        }  # fmt: skip


class TestDropping:
    """An added seat is dropped while it has not spoken."""

    def test_the_base_is_free_again(self):
        case = moved.reviewed()
        seat = add(case, "before")
        seating.drop_seat(reviewer(), seat.pk, WHY, case.later(1))
        assert items(case) == {"main": ("", False), "main+1": ("dropped", False)}

    @pytest.mark.parametrize("placement", ["beside", "after"])
    def test_where_the_stage_waited_for_it_alone_the_case_goes_on(self, placement):
        case = moved.reviewed()
        base, seat = case.item(), add(case, placement)
        say(case, reviewer(), base)
        seating.drop_seat(reviewer(), seat.pk, WHY, case.later(1))
        assert state(case) == "noticed"

    def test_a_seat_that_has_spoken_stays(self):
        case = moved.reviewed()
        seat = add(case, "before")
        say(case, bureau(), seat)
        with refused(Conflict, "already_decided"):
            seating.drop_seat(reviewer(), seat.pk, WHY, case.later(1))

    def test_a_seat_of_the_route_stays(self):
        case = moved.reviewed()
        with refused(Refused):
            seating.drop_seat(reviewer(), case.item().pk, WHY, case.later(1))

    def test_where_who_added_it_has_left_a_colleague_drops_it(self):
        case = moved.reviewed()
        seat = add(case, "before")
        user = reviewer()
        user.is_active = False
        user.save()
        seating.drop_seat(moved.colleague(), seat.pk, WHY, case.later(1))
        assert items(case)["main"] == ("", False)
