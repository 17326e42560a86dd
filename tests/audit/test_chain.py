"""Appending to a chain."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, DataError, transaction

from audit import chain
from audit.hashing import GENESIS, canonical, digest, stamp
from audit.models import Event, StreamHead
from audit.verify import verify

pytestmark = pytest.mark.django_db


def append(at, stream="case:a", action="done", **more):
    return chain.append(stream, action, actor="somebody", at=at, **more)


def test_events_of_a_stream_are_numbered_and_linked(monday):
    first, second = append(monday), append(monday)
    assert (first.seq, first.previous) == (1, GENESIS)
    assert (second.seq, second.previous) == (2, first.hash)


def test_each_stream_has_its_own_numbers(monday):
    append(monday, "case:a")
    assert append(monday, "case:b").seq == 1


def test_the_head_is_the_last_event(monday):
    append(monday)
    last = append(monday)
    head = StreamHead.objects.get(pk="case:a")
    assert (head.seq, head.hash) == (last.seq, last.hash)


def test_an_event_keeps_when_it_happened_and_when_it_was_recorded(monday, clock):
    long_ago = monday - timedelta(days=30)
    event = append(long_ago)
    assert (event.at, event.recorded_at) == (long_ago, monday)


@pytest.mark.parametrize("field", ["action", "actor", "on_behalf_of", "subject", "data", "at", "recorded_at", "stream"])
def test_the_hash_covers(monday, field):
    event = append(monday, on_behalf_of="office", subject="x", data={"a": 1})
    changed = {"data": {"a": 2}, "at": monday + timedelta(seconds=1), "recorded_at": monday}.get(field, "other")
    setattr(event, field, changed)
    assert digest(event.previous, chain.content_of(event)) != event.hash


def test_what_is_read_back_has_the_hash_of_what_was_written(monday):
    data = {"文": "字𬱖", "z": [1, None, True, {"b": "é", "a": 10**18}], "money": Decimal("1.10"), "day": monday.date()}
    append(monday, data=data)
    event = Event.objects.get()
    assert event.data["money"] == "1.10"
    assert digest(event.previous, chain.content_of(event)) == event.hash


@pytest.mark.parametrize("value", [1.5, 1e20, float("nan"), float("inf"), [{"deep": 0.1}]])
def test_an_event_holds_no_floats(monday, value):
    with pytest.raises(TypeError, match="no floats"):
        append(monday, data={"x": value})
    assert not Event.objects.exists()


def test_a_hash_does_not_depend_on_the_zone_a_time_was_written_in(monday):
    assert stamp(monday) == stamp(monday.astimezone(UTC)) == "2026-11-23T02:00:00.000000+00:00"


def test_canonical_json_does_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": {"d": 1, "c": 2}}) == canonical({"a": {"c": 2, "d": 1}, "b": 1})


def test_an_event_of_an_act_that_failed_is_gone_with_it(monday):
    append(monday)
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.create(pk=append(monday).pk, at=monday, recorded_at=monday, seq=9)
    assert append(monday).seq == 2
    assert verify().fault is None


def test_the_longest_user_name_has_a_stream(monday):
    chain.record_read("n" * 150, "case.read")
    assert StreamHead.objects.get().stream == f"reader:{'n' * 150}"


def test_a_stream_that_is_too_long_is_refused_and_leaves_nothing(monday):
    with pytest.raises(DataError), transaction.atomic():
        append(monday, "x" * 161)
    assert not StreamHead.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_read_event_is_never_part_of_a_transaction_that_could_take_it_back():
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        chain.record_read("reader", "case.read")


@pytest.mark.postgres_threads
def test_writers_of_one_stream_at_once_make_one_chain(race, monday):
    results = race(*[lambda: append(monday)] * 8)
    assert sorted(event.seq for event in results) == list(range(1, 9))
    assert verify() == (8, None)


@pytest.mark.postgres_threads
def test_writers_of_several_new_streams_at_once_do_not_wait_in_a_circle(race, monday):
    def write(streams):
        with transaction.atomic():
            for stream in streams:
                append(monday, stream)

    results = race(lambda: write(["a", "b"]), lambda: write(["a", "b"]), lambda: write(["a"]), lambda: write(["b"]))
    assert results == [None] * 4
    assert verify() == (6, None)


def test_naive_times_are_refused(monday):
    with pytest.raises((RuntimeWarning, ValueError)):
        append(datetime(2026, 11, 23))
