"""Anchors: what moved, and only that, is anchored."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from audit import anchors, chain
from audit.anchors import anchor_heads
from audit.hashing import GENESIS
from audit.models import Anchor
from audit.verify import verify

pytestmark = pytest.mark.django_db


def append(stream, at):
    return chain.append(stream, "done", actor="a", at=at)


def ends(anchor):
    return list(anchor.heads.order_by("stream").values_list("stream", "seq"))


def test_nothing_new_makes_no_anchor(monday):
    assert anchor_heads(monday) is None
    append("case:a", monday)
    assert anchor_heads(monday) is not None
    assert anchor_heads(monday) is None


def test_an_anchor_holds_the_ends_that_moved(monday):
    append("case:a", monday)
    append("case:b", monday)
    assert ends(anchor_heads(monday)) == [("case:a", 1), ("case:b", 1)]
    append("case:b", monday)
    assert ends(anchor_heads(monday)) == [("case:b", 2)]


def test_anchors_are_linked(monday):
    append("case:a", monday)
    first = anchor_heads(monday)
    append("case:a", monday)
    second = anchor_heads(monday)
    assert (first.seq, first.previous) == (1, GENESIS)
    assert (second.seq, second.previous) == (2, first.hash)


def test_an_anchor_dated_in_the_future_does_not_keep_later_events_from_being_anchored(monday):
    append("case:a", monday)
    anchor_heads(monday + timedelta(days=365))
    append("case:b", monday)
    assert ends(anchor_heads(monday)) == [("case:b", 1)]


def test_many_ends_are_spread_over_several_anchors(monday, monkeypatch):
    monkeypatch.setattr(anchors, "HEADS_AN_ANCHOR", 2)
    for stream in "abc":
        append(stream, monday)
    assert [len(ends(anchor_heads(monday))) for _turn in range(2)] == [2, 1]
    assert verify().fault is None


@pytest.mark.postgres_threads
def test_two_anchoring_jobs_at_once_make_one_chain(race, monday):
    for stream in "abcd":
        append(stream, monday)
    results = race(*[lambda: anchor_heads(monday)] * 3)
    assert sum(result is not None for result in results) == 1
    assert verify() == (4, None)


@pytest.mark.postgres_threads
def test_an_event_committed_after_an_anchor_is_in_the_next_even_if_recorded_before(transactional_db, monday):
    append("case:a", monday)
    other = connection.copy()
    try:
        with transaction.atomic():
            append("case:b", monday)
            anchor_heads_elsewhere(other, monday)
        assert ends(Anchor.objects.get(seq=1)) == [("case:a", 1)]
        assert ends(anchor_heads(monday)) == [("case:b", 1)]
    finally:
        other.close()


@pytest.mark.postgres_threads
def test_anchoring_does_not_wait_for_a_stream_that_is_being_written(transactional_db, monday):
    for stream in ("case:a", "case:b"):
        append(stream, monday)
    other = connection.copy()
    try:
        with transaction.atomic():
            append("case:a", monday)
            anchor_heads_elsewhere(other, monday)
    finally:
        other.close()
    assert ends(Anchor.objects.get()) == [("case:b", 1)]
    assert ends(anchor_heads(monday)) == [("case:a", 2)]


def anchor_heads_elsewhere(other, at):
    """Anchor on a second connection, while this one is in the middle of an act."""
    from django.db import connections

    mine = connections["default"]
    connections["default"] = other
    try:
        anchor_heads(at)
    finally:
        connections["default"] = mine
