"""What waits is sent by one worker, tried again with growing pauses, held at night, and put together."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from people import vault
from telling import jobs, outbox, sending
from telling.gateways import NotSent
from telling.models import Notice
from telling.recipients import Recipient
from tests.telling.told import NOON, filed, send_at, waiting, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(gateways, clock):
    """A text message that waits, at noon."""
    clock.move_to(NOON + timedelta(hours=12))  # written at night, so that no job sends it at once
    case = filed()
    Notice.objects.filter(channel="sms").update(next_try_at=NOON)
    gateways.clear()
    return waiting(case)


def again(told):
    return Notice.objects.get(pk=told.pk)


def another(told, at, code="granted"):
    """A second thing told to the same person."""
    case = outbox.About(told.data_key, outbox.LocalText(zh="某事项", en="a matter"), told.case_ref, "00001234")
    person = Recipient(told.who, None, addresses={"sms": "13800000000"})
    (row,) = outbox.tell(f"test:{Notice.objects.count()}", code, case, [person], at)
    return Notice.objects.get(event=row.event, channel="sms")


def test_what_is_due_is_sent_and_noted(queued, gateways):
    assert send_at(NOON) == 1
    told = again(queued)
    assert (told.state, told.tries, told.sent_at) == ("sent", 1, NOON)
    assert told.reference == f"reference-{told.send_key}"
    assert [call.text for call in gateways.calls] == [words(queued)]


def test_what_was_sent_is_not_sent_again(queued, gateways):
    send_at(NOON)
    assert send_at(NOON + timedelta(hours=1)) == 0
    assert len(gateways.calls) == 1


def test_what_fails_is_tried_again_after_growing_pauses_and_given_up_in_the_end(queued, gateways):
    at, gateways.answers[:] = NOON, [NotSent("http_503") for _ in range(9)]
    pauses = []
    while again(queued).state == "queued":
        send_at(at)
        told = again(queued)
        if told.next_try_at:
            pauses.append((told.next_try_at - at).total_seconds() / 60)
            at = told.next_try_at
    assert pauses[:4] == [1, 5, 30, 120]
    assert (again(queued).state, again(queued).failure, len(gateways.calls)) == ("given_up", "http_503", 5)


def test_a_final_no_is_not_tried_again(queued, gateways):
    gateways.answers[:] = [NotSent("http_400", final=True)]
    send_at(NOON)
    assert (again(queued).state, again(queued).settled_at) == ("given_up", NOON)


def test_a_worker_killed_after_the_gateway_said_yes_sends_again_under_the_same_key(queued, gateways, monkeypatch):
    def killed(*_said):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_message", lambda *said: gateways.calls.append("sent") or killed())
        with pytest.raises(KeyboardInterrupt):
            send_at(NOON)
    gateways.calls.clear()
    key = again(queued).send_key
    assert send_at(NOON + timedelta(minutes=1)) == 0  # its lease runs still
    assert send_at(NOON + sending.LEASE) == 1
    assert [call.key for call in gateways.calls] == [key]


def test_a_message_that_kills_its_workers_is_given_up(queued, gateways):
    Notice.objects.filter(pk=queued.pk).update(tries=len(sending.PAUSES), lease_until=NOON)
    send_at(NOON)
    assert (again(queued).state, again(queued).failure, gateways.calls) == ("given_up", "interrupted", [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres_threads
def test_two_workers_at_once_send_once(queued, gateways, race):
    done = race(lambda: send_at(NOON), lambda: send_at(NOON))
    assert sorted(done) == [0, 1]
    assert len(gateways.delivered()) == len(gateways.calls) == 1


class Slow:
    """A clock, and a gateway that takes twenty seconds of it for each message; `during` runs while it sends one."""

    def __init__(self, began, monkeypatch, gateways):
        self.now, self.during, send = began, {}, gateways.send

        def slowly(gateway, message):
            answer = send(gateway, message)
            self.during.pop(len(gateways.calls), lambda: None)()
            self.now += timedelta(seconds=20)
            return answer

        monkeypatch.setattr(gateways, "send", slowly)

    def run(self):
        """A worker's run by this clock."""
        return sending.send_due(lambda: self.now)


def many(told, count):
    """So many more people wait from noon on."""
    for number in range(1, count):
        other = another(told, NOON)
        Notice.objects.filter(pk=other.pk).update(who=f"person:{9000 + number}", next_try_at=NOON)
    Notice.objects.filter(channel="sms", state="queued").update(next_try_at=NOON, send_key="", tries=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres_threads
def test_behind_a_slow_gateway_a_second_worker_takes_nothing_of_the_first(queued, gateways, monkeypatch, race):
    with monkeypatch.context() as quiet:
        quiet.setattr("telling.jobs.queue", lambda: None)
        many(queued, 3)
    monkeypatch.setattr(sending, "LEASE", timedelta(seconds=30))  # counted from the start it were over at the third
    slow, others = Slow(NOON, monkeypatch, gateways), []
    slow.during[3] = lambda: others.extend(race(slow.run))
    assert slow.run() == 3
    assert others == [0]
    assert len(gateways.calls) == len(gateways.delivered()) == 3


def test_a_run_ends_after_a_minute_and_leaves_the_rest(queued, gateways, monkeypatch):
    monkeypatch.setattr("telling.jobs.queue", lambda: None)
    many(queued, 5)
    slow = Slow(NOON, monkeypatch, gateways)
    assert [slow.run(), slow.run()] == [3, 2]


def test_a_run_that_reaches_the_night_stops_there(queued, gateways, monkeypatch):
    monkeypatch.setattr("telling.jobs.queue", lambda: None)
    many(queued, 3)
    evening = NOON + timedelta(hours=8, minutes=59, seconds=50)
    assert Slow(evening, monkeypatch, gateways).run() == 1
    assert set(Notice.objects.filter(state="queued").values_list("next_try_at", flat=True)) == {
        NOON + timedelta(hours=20)
    }


def test_what_was_sent_slowly_is_noted_with_the_moment_it_went(queued, gateways, monkeypatch):
    Slow(NOON, monkeypatch, gateways).run()
    assert again(queued).sent_at == NOON + timedelta(seconds=20)


class TestJob:
    """The clock has a worker begin; one job waits at most."""

    @pytest.fixture
    def begun(self, monkeypatch):
        calls = []
        monkeypatch.setattr(type(jobs.send_notices), "enqueue", lambda task: calls.append(task.name))
        return calls

    def test_the_clock_sends_nothing_itself(self, queued, gateways, begun):
        assert jobs.begin(NOON) == 1
        assert (begun, gateways.calls) == (["send_notices"], [])

    def test_nothing_due_begins_nothing(self, queued, begun):
        assert jobs.begin(NOON - timedelta(minutes=1)) == 0
        assert begun == []

    def test_beside_a_job_that_waits_there_is_no_second(self, queued, begun):
        path = jobs.send_notices.module_path
        DBTaskResult.objects.create(task_path=path, args_kwargs={"args": [], "kwargs": {}}, backend_name="default")
        jobs.begin(NOON)
        assert begun == []

    def test_the_job_leaves_nothing_due_behind(self, queued, gateways, clock, monkeypatch):
        monkeypatch.setattr("telling.jobs.queue", lambda: None)
        many(queued, 4)
        monkeypatch.setattr(sending, "MESSAGES_A_RUN", 2)
        clock.move_to(NOON)
        jobs.send_notices.enqueue()
        assert (len(gateways.calls), sending.count_due(NOON)) == (4, 0)


def test_nothing_is_sent_at_night(queued, gateways):
    night = NOON + timedelta(hours=10)
    assert send_at(night) == 0
    told = again(queued)
    assert (told.state, told.tries, told.next_try_at) == ("queued", 0, NOON + timedelta(hours=20))
    assert send_at(NOON + timedelta(hours=20)) == 1


def test_what_is_written_at_night_waits_for_the_morning(gateways, clock):
    clock.move_to(NOON)
    told = waiting(filed())
    late = another(told, NOON + timedelta(hours=11))
    assert late.next_try_at == NOON + timedelta(hours=20)


def test_what_waits_for_one_person_goes_out_together(queued, gateways):
    another(queued, NOON)
    Notice.objects.filter(channel="sms", state="queued").update(next_try_at=NOON)
    gateways.clear()
    assert send_at(NOON) == 1
    (call,) = gateways.calls
    assert "2条" in call.text
    assert {row.state for row in Notice.objects.filter(who=queued.who, channel="sms")} == {"sent"}
    assert len({row.send_key for row in Notice.objects.filter(who=queued.who, channel="sms")}) == 1


def test_more_than_some_a_day_wait_for_the_next_morning(queued, gateways):
    send_at(NOON)
    for hour in range(1, 4):
        another(queued, NOON + timedelta(hours=hour))
        Notice.objects.filter(state="queued").update(next_try_at=NOON)
        send_at(NOON + timedelta(hours=hour))
    assert len(gateways.calls) == 3
    left = Notice.objects.get(state="queued")
    assert left.next_try_at == NOON + timedelta(hours=20)


def test_a_code_somebody_waits_for_is_sent_at_any_hour_and_alone(queued, gateways):
    night = NOON + timedelta(hours=10)
    about = outbox.About(queued.data_key, outbox.LocalText(zh="", en=""))
    person = Recipient(queued.who, None, addresses={"sms": "13800000000"})
    outbox.tell("code:1", "code", about, [person], night, code="123456")
    send_at(night)
    assert [call.text for call in gateways.calls] == ["您的验证码是123456，15分钟内有效。请不要告诉别人。"]
    assert again(queued).state == "queued"


def test_a_code_somebody_waits_for_goes_before_what_waited_longer(queued, gateways, monkeypatch):
    monkeypatch.setattr("telling.jobs.queue", lambda: None)
    about = outbox.About(queued.data_key, outbox.LocalText(zh="", en=""))
    outbox.tell("code:2", "code", about, [Recipient("user:0", None, addresses={"sms": "13800000001"})], NOON, code="1")
    send_at(NOON)
    assert gateways.calls[0].to == "13800000001"


def test_what_is_not_wanted_any_more_is_not_sent(queued, gateways):
    outbox.forget_channel(queued.who, "sms", NOON)
    assert send_at(NOON) == 0
    assert (again(queued).state, again(queued).failure) == ("given_up", "unwanted")


def test_what_cannot_be_opened_any_more_is_given_up(queued, gateways):
    vault.destroy(queued.data_key, NOON)
    send_at(NOON)
    assert (again(queued).state, again(queued).failure) == ("given_up", "unreadable")


def test_a_site_that_lost_its_gateway_tries_again_later(queued, gateways, settings):
    settings.TELL_GATEWAYS = {}
    send_at(NOON)
    assert (again(queued).state, again(queued).failure) == ("queued", "no_gateway")


def test_a_gateway_that_breaks_is_a_failed_try_and_its_words_are_not_kept(queued, gateways, monkeypatch):
    monkeypatch.setattr(gateways, "send", lambda self, message: 1 / 0)
    send_at(NOON)
    assert (again(queued).state, again(queued).failure) == ("queued", "ZeroDivisionError")
