"""The story of a case: who, for whom, when, what, why."""

import pytest

from applications import door
from approvals import decide
from approvals.history.story import history_of
from approvals.models import Move
from approvals.moves.record import note_move, words_of
from audit.models import Event
from tests import world

pytestmark = pytest.mark.django_db


def story(case):
    application = case.application
    return [entry for of_round in history_of(application, application.definition) for entry in of_round.entries]


def test_taking_and_putting_back_an_item_is_part_of_the_story():
    case = world.grant().submit()
    official = case.official()
    decide.claim(official, case.item().pk, case.later())
    decide.release(official, case.item().pk, case.later())
    told = [(entry.title, entry.by, entry.beside) for entry in story(case)]
    office = case.item().queue.office.label
    assert told[:2] == [("退签", f"{official} · {office}", True), ("签收", f"{official} · {office}", True)]


def test_a_move_tells_to_whom_and_why_and_only_the_case_key_opens_the_words():
    case = world.grant().submit()
    official, colleague = case.official(), world.user("county-clerk")
    with door.open_case(case.public_id, user=official, at=case.later()) as opened:
        move = note_move(opened, Move.Kind.HAND_OVER, item=case.item(), to_user=colleague, text="下乡三天")
    entry = story(case)[0]
    assert (entry.title, entry.text) == (f"转办：{colleague}", "下乡三天")
    assert words_of(move) == "下乡三天"
    assert "下乡".encode() not in bytes(move.text)


def test_who_stood_in_for_whom_is_named():
    case = world.grant().submit()
    official, absent = case.official(), world.user("county-clerk")
    with door.open_case(case.public_id, user=official, at=case.later()) as opened:
        note_move(opened, Move.Kind.CLAIM, item=case.item(), on_behalf_of=absent)
    assert story(case)[0].by.startswith(f"{official}代{absent}")


def test_what_the_clock_did_names_nobody():
    case = world.grant().submit()
    with door.open_case(case.public_id, user=None, at=case.later()) as opened:
        note_move(opened, Move.Kind.REMIND, item=case.item())
    assert (story(case)[0].title, story(case)[0].by) == ("到期提醒", "系统（到期自动）")


def test_a_move_leaves_an_event_of_codes_only():
    case = world.grant().submit()
    colleague = world.user("county-clerk")
    with door.open_case(case.public_id, user=case.official(), at=case.later()) as opened:
        move = note_move(opened, Move.Kind.HAND_OVER, item=case.item(), to_user=colleague, text="下乡三天")
    event = Event.objects.filter(stream=case.application.stream).latest("seq")
    assert event.action == "official.hand_over"
    assert (event.data["move"], event.data["to"], event.data["stage"]) == (move.pk, colleague.username, "accept")
    assert "下乡" not in str(event.data)


def test_a_sealed_text_that_cannot_be_opened_does_not_hide_the_rest():
    case = world.grant().submit()
    with door.open_case(case.public_id, user=None, at=case.later()) as opened:
        Move.objects.create(application=opened.application, kind="urge", round=1, text=b"broken", at=opened.at)
    assert [entry.text for entry in story(case)] == ["（内容无法解密）", "", ""]  # the receipt and the filing stay
