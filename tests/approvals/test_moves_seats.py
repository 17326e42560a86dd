"""Adding and dropping seats: whom one may ask, who speaks there, what is written down."""

import pytest

from approvals import decide
from approvals.models import Move
from approvals.moves import hands, seating
from approvals.moves.record import words_of
from people.models import Kinship
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import moved, stages, world
from tests.moved import WHY, add, bureau, colleague, reviewer, say
from tests.stages import office, prefecture
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


def ask(case, at, placement="before", user=None, text=WHY, named=None):
    return seating.add_seat(user or reviewer(), case.item().pk, at, placement, text, case.later(1), named=named)


def test_the_seat_is_a_work_item_of_the_office_asked_with_the_limit_of_the_stage():
    case = moved.reviewed()
    base = case.item()
    seat = add(case, "before")
    assert (seat.queue.office, seat.queue.role, seat.kind) == (office("dpf"), "reviewer", "countersign")
    assert (seat.due_at, seat.added_by, seat.owner) == (base.due_at, reviewer(), bureau())


def test_it_is_on_record_with_its_words():
    case = moved.reviewed()
    seat = add(case, "before")
    move = Move.objects.get(kind="add_seat")
    assert (move.item, move.by, move.to_office, move.to_user) == (seat, reviewer(), office("dpf"), bureau())
    assert words_of(move) == WHY


def test_anybody_of_the_office_speaks_where_nobody_is_named():
    case = moved.reviewed()
    asked = bureau()
    seat = ask(case, office("dpf"))
    assert seat.owner is None
    say(case, asked, seat)


def test_an_office_above_in_line_can_be_asked():
    case = moved.reviewed()
    seat = ask(case, prefecture("hrss"))
    say(case, world.user("prefecture-reviewer"), seat)


@pytest.mark.parametrize("division", ["532502", "532501"])
def test_an_office_of_another_county_cannot(division):
    case = moved.reviewed()
    with refused(Invalid, "nobody"):
        ask(case, office("hrss", division))


def test_an_office_without_a_reviewer_cannot():
    case = moved.reviewed()
    with refused(Invalid, "nobody"):
        ask(case, office("finance"))


def test_nobody_is_named_who_is_a_relative():
    case = moved.reviewed()
    asked = bureau()
    Kinship.objects.create(user=asked, relative=case.application.subject, relation="sister")
    with refused(Invalid, "barred"):
        ask(case, office("dpf"), named=asked)


def test_who_asks_does_not_answer_even_in_another_post():
    case = moved.reviewed()
    stages.official("county-reviewer", office("dpf"), "reviewer")
    bureau()
    seat = ask(case, office("dpf"))
    with refused(Refused, "four_eyes"):
        say(case, reviewer(), seat)


def test_who_answers_does_not_speak_at_the_base():
    case = moved.reviewed()
    seat = ask(case, office("hrss"), named=colleague())
    say(case, colleague(), seat)
    decide.release(reviewer(), case.item().pk, case.later(1))
    with refused(Refused, "four_eyes"):
        say(case, colleague(), case.item())


def test_a_seat_asks_nothing_to_be_entered():
    case = stages.phase_out_reviewed()
    decide.claim(case.official(), case.item().pk, case.later(1))
    base, asked = case.item(), bureau()
    seat = seating.add_seat(base.owner, base.pk, office("dpf"), "before", WHY, case.later(1))
    say(case, asked, seat)
    case.say("agree", entries={"phase_out_months": 6})
    assert case.item().kind == "decide"


@pytest.mark.parametrize("stage", [("grant", "notice"), ("waiver", "confirm"), ("phase_out", "file")])
def test_there_are_stages_where_no_seat_is_added(stage):
    case = stages.AT_STAGE[stage]()
    user = case.official()
    with refused(Refused, "not_here"):
        ask(case, office("dpf"), user=user)


def test_none_is_added_to_an_added_seat():
    case = moved.reviewed()
    seat = add(case, "before")
    with refused(Refused, "not_here"):
        seating.add_seat(bureau(), seat.pk, office("civil_affairs"), "before", WHY, case.later(1))


def test_none_is_added_while_the_applicant_corrects():
    case = moved.reviewed()
    say(case, reviewer(), case.item(), "correction", points=(stages.POINT,))
    with refused(Conflict, "paused"):
        ask(case, office("dpf"))


def test_somebody_else_adds_and_drops_nothing():
    case = moved.reviewed()
    asked = bureau()
    seat = add(case, "before")
    with refused(Refused, "not_yours"):
        seating.drop_seat(asked, seat.pk, WHY, case.later(1))
    with refused(NotFound):
        seating.drop_seat(world.user("other-county"), seat.pk, WHY, case.later(1))


def test_a_supervisor_drops_it():
    case = moved.reviewed()
    seat = add(case, "before")
    seating.drop_seat(moved.supervisor(), seat.pk, WHY, case.later(1))
    assert Move.objects.get(kind="drop_seat").by == moved.supervisor()


def test_those_who_can_be_asked_are_listed_by_office():
    case = moved.reviewed()
    found = dict(hands.seat_offices(case.application, case.item(), case.at))
    assert {one.division_id for one in found} <= {"532503", "532500"} | {
        one.division_id for one in found if one.function == "township"
    }
    assert reviewer() not in found[office("hrss")]
