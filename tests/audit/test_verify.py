"""verify_audit finds what was tampered with. Triggers are lifted as an intruder with the database's password would."""

import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F

from audit import chain, triggers
from audit.anchors import ANCHORS, anchor_heads
from audit.hashing import GENESIS, digest
from audit.models import Anchor, AnchoredHead, Event, StreamHead
from audit.verify import verify, verify_stream

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(monday):
    """Two streams, anchored once after three events and again after five."""
    for number in range(3):
        chain.append(f"case:{number % 2}", "done", actor="a", at=monday, data={"n": number})
    anchor_heads(monday)
    for number in range(3, 5):
        chain.append(f"case:{number % 2}", "done", actor="a", at=monday, data={"n": number})
    anchor_heads(monday + timedelta(minutes=1))
    return list(Event.objects.order_by("stream", "seq"))


@pytest.fixture
def tampering(db):
    """The triggers are lifted and put back."""
    with triggers.lifted():
        yield


def fault():
    return str(verify().fault)


def rewrite(stream, keep):
    """What a careful intruder does: cut a stream after `keep` events and set its head accordingly."""
    Event.objects.filter(stream=stream, seq__gt=keep).delete()
    last = Event.objects.filter(stream=stream).order_by("-seq").first()
    StreamHead.objects.filter(pk=stream).update(seq=keep, hash=last.hash if last else GENESIS)


def cut_anchor(anchor):
    """Take the newest anchor away, and make every head say what is left."""
    AnchoredHead.objects.filter(anchor=anchor).delete()
    Anchor.objects.filter(pk=anchor.pk).delete()
    for head in StreamHead.objects.exclude(pk=ANCHORS):
        last = AnchoredHead.objects.filter(stream=head.pk).order_by("-seq").first()
        StreamHead.objects.filter(pk=head.pk).update(anchored_seq=last.seq)


def test_an_untouched_database_holds(events):
    assert verify() == (5, None)


def test_an_empty_database_holds():
    assert verify() == (0, None)


@pytest.mark.parametrize(
    "field,value",
    [("actor", "other"), ("action", "undone"), ("data", {"n": 9}), ("subject", "x"), ("on_behalf_of", "x")],
)
def test_changed_content_is_found(events, tampering, field, value):
    Event.objects.filter(stream="case:0", seq=2).update(**{field: value})
    assert fault() == "case:0 #2: content was changed"


def test_a_changed_time_is_found(events, tampering):
    Event.objects.filter(stream="case:0", seq=2).update(at=F("at") + timedelta(microseconds=1))
    assert fault() == "case:0 #2: content was changed"


def test_content_changed_with_its_own_hash_is_found_at_the_next_event(events, tampering):
    event = Event.objects.get(stream="case:0", seq=2)
    event.actor = "other"
    Event.objects.filter(pk=event.pk).update(actor="other", hash=digest(event.previous, chain.content_of(event)))
    assert fault() == "case:0 #3: does not follow the event before it"


@pytest.mark.parametrize("seq", [1, 2])
def test_a_removed_event_is_found(events, tampering, seq):
    Event.objects.filter(stream="case:0", seq=seq).delete()
    assert fault() == f"case:0 #{seq}: missing"


def test_a_cut_end_is_found(events, tampering):
    Event.objects.filter(stream="case:0", seq=3).delete()
    assert fault() == "case:0: its end was cut or its head was changed"


def test_a_cut_end_with_a_fitting_head_is_found_by_the_anchors(events, tampering):
    rewrite("case:0", keep=2)
    assert fault() == "case:0 #3: differs from what was anchored"


def test_a_head_that_says_it_was_anchored_less_far_is_found(events, tampering):
    rewrite("case:0", keep=2)
    StreamHead.objects.filter(pk="case:0").update(anchored_seq=2)
    assert fault() == "case:0: its head does not say truly how far it is anchored"


def test_a_cut_end_is_found_even_if_the_newest_anchor_was_cut_too(events, tampering):
    cut_anchor(Anchor.objects.get(pk=2))
    rewrite("case:0", keep=2)
    assert fault() == "the end of the anchor chain was cut or its head was changed"


def test_a_whole_stream_that_vanished_is_found_by_the_anchors(events, tampering):
    Event.objects.filter(stream="case:1").delete()
    StreamHead.objects.filter(pk="case:1").delete()
    assert fault() == "case:1 #1: differs from what was anchored"


def test_a_stream_rewritten_from_its_first_event_is_found_by_the_anchors(events, tampering, monday):
    Event.objects.filter(stream="case:1").delete()
    StreamHead.objects.filter(pk="case:1").update(seq=0, hash=GENESIS)
    for _number in range(2):
        chain.append("case:1", "done", actor="another", at=monday)
    assert fault() == "case:1 #1: differs from what was anchored"


def test_a_vanished_head_is_found(events, tampering):
    StreamHead.objects.filter(pk="case:0").delete()
    assert fault() == "case:0: its head is gone"


def test_an_event_slipped_in_behind_the_head_is_found(events, monday):
    head = StreamHead.objects.get(pk="case:0")
    chain.append("case:0", "extra", actor="a", at=monday)
    StreamHead.objects.filter(pk="case:0").update(seq=head.seq, hash=head.hash)
    assert fault() == "case:0: its end was cut or its head was changed"


def test_a_changed_anchor_is_found(events, tampering):
    Anchor.objects.filter(pk=1).update(at=F("at") + timedelta(hours=1))
    assert fault() == "anchor 1: content was changed"


def test_a_changed_end_inside_an_anchor_is_found(events, tampering):
    AnchoredHead.objects.filter(anchor_id=1, stream="case:1").update(stream="case:9", seq=1)
    assert fault() == "case:9 #1: differs from what was anchored"


def test_an_end_taken_out_of_an_anchor_is_found(events, tampering):
    AnchoredHead.objects.filter(anchor_id=1, stream="case:1").delete()
    assert fault() == "anchor 1: content was changed"


def test_a_removed_anchor_is_found(events, tampering):
    AnchoredHead.objects.filter(anchor_id=1).delete()
    Anchor.objects.filter(pk=1).delete()
    assert fault() == "anchor 1: missing or out of order"


def test_anchors_cut_with_a_fitting_head_are_found_by_the_log(events, tampering):
    kept, cut = Anchor.objects.order_by("seq")
    log = [f"2026 INFO audit.anchor anchor {anchor.seq} {anchor.hash}" for anchor in (kept, cut)]
    assert verify(log).fault is None
    cut_anchor(cut)
    StreamHead.objects.filter(pk=ANCHORS).update(seq=kept.seq, hash=kept.hash)
    assert verify().fault is None
    assert str(verify(log).fault) == "anchor 2: differs from the log"


def test_a_head_that_hides_from_the_anchors_is_found(events, monday):
    StreamHead.objects.filter(pk="case:0").update(anchored_seq=99)
    assert fault() == "case:0: its head does not say truly how far it is anchored"


def test_one_stream_is_verified_by_itself(events, tampering):
    Event.objects.filter(stream="case:0", seq=2).update(actor="other")
    assert str(verify_stream("case:0").fault) == "case:0 #2: content was changed"
    assert verify_stream("case:1") == (2, None)


def test_a_stream_that_was_cut_is_found_by_itself(events, tampering):
    rewrite("case:0", keep=2)
    assert str(verify_stream("case:0").fault) == "case:0 #3: differs from what was anchored"


def test_a_stream_nobody_wrote_holds(db):
    assert verify_stream("case:none") == (0, None)


def test_the_command_says_how_many_events_hold(events, run_command):
    assert run_command("verify_audit") == "ok 5 events\n"


def test_the_command_names_the_first_broken_event_and_exits_1(events, tampering, capsys):
    Event.objects.filter(stream="case:0", seq=1).update(actor="other")
    Event.objects.filter(stream="case:1", seq=1).update(actor="other")
    with pytest.raises(SystemExit) as end:
        call_command("verify_audit")
    assert end.value.code == 1
    assert capsys.readouterr().out == "case:0 #1: content was changed\n"


def test_the_command_compares_with_a_log(events, tmp_path, run_command):
    log = tmp_path / "anchors.log"
    log.write_text("\n".join(f"x anchor {anchor.seq} {anchor.hash} y" for anchor in Anchor.objects.all()))
    assert run_command("verify_audit", log=log) == "ok 5 events\n"
    log.write_text(f"anchor 1 {'0' * 64}")
    with pytest.raises(SystemExit):
        run_command("verify_audit", log=log)


def test_verification_asks_few_questions_however_many_events(monday, django_assert_max_num_queries):
    for _number in range(60):
        chain.append("case:0", "done", actor="a", at=monday)
    anchor_heads(monday)
    with django_assert_max_num_queries(10):
        assert verify().events == 60


def test_what_is_anchored_is_what_the_log_says(monday, caplog):
    chain.append("case:0", "done", actor="a", at=monday)
    with caplog.at_level(logging.INFO, "audit.anchor"):
        anchor = anchor_heads(monday)
    assert caplog.messages == [f"anchor 1 {anchor.hash}"]
