"""The gateway's reports are believed when signed a moment ago, and change each message once."""

import json
from datetime import timedelta

import pytest

from telling import failures, reports
from telling.models import Notice
from tests.telling.told import NOON, filed, send_at, waiting

pytestmark = pytest.mark.django_db
URL = "/told/reports/"
SECRET = "a secret of the gateway"


@pytest.fixture
def sent(gateways, clock, settings):
    """A text message that was sent at noon."""
    settings.SMS_REPORT_SECRET = SECRET
    clock.move_to(NOON + timedelta(hours=12))
    told = waiting(filed())
    Notice.objects.filter(channel="sms").update(next_try_at=NOON)
    send_at(NOON)
    clock.move_to(NOON)
    return Notice.objects.get(pk=told.pk)


def post(client, body, moment=None, signed=None):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    moment = moment or str(int(NOON.timestamp()))
    headers = {"X-Zhida-Time": moment, "X-Zhida-Signature": signed or reports.signature(moment, body)}
    return client.post(URL, body, content_type="application/json", headers=headers)


def state(sent):
    return Notice.objects.get(pk=sent.pk).state


def test_a_signed_report_notes_that_a_message_arrived(client, sent):
    assert post(client, {"reference": sent.reference, "status": "delivered"}).status_code == 204
    assert state(sent) == "delivered"


def test_a_signed_report_notes_that_a_message_did_not_arrive(client, sent):
    post(client, {"reference": sent.reference, "status": "failed"})
    assert state(sent) == "failed"
    assert list(failures.not_arrived()) == [sent]


def test_a_report_that_comes_again_or_later_says_otherwise_changes_nothing(client, sent):
    post(client, {"reference": sent.reference, "status": "delivered"})
    assert post(client, {"reference": sent.reference, "status": "failed"}).status_code == 204
    assert state(sent) == "delivered"


@pytest.mark.parametrize("wrong", ["0" * 64, "x", "签名"])
def test_a_wrong_signature_finds_nothing(client, sent, wrong):
    moment = str(int(NOON.timestamp()))
    body = json.dumps({"reference": sent.reference, "status": "delivered"}).encode()
    assert not reports.is_signed(moment, body, wrong, NOON)
    signed = wrong if wrong.isascii() else "y"
    assert post(client, body, signed=signed).status_code == 404
    assert state(sent) == "sent"


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_report_signed_long_ago_finds_nothing(client, sent, seconds):
    moment = str(int(NOON.timestamp()) + seconds)
    assert post(client, {"reference": sent.reference, "status": "delivered"}, moment).status_code == 404


@pytest.mark.parametrize("moment", ["", "now", "1" * 13, "-1"])
def test_a_time_that_is_none_finds_nothing(client, sent, moment):
    assert not reports.is_signed(moment, b"{}", reports.signature(moment, b"{}"), NOON)


def test_without_a_secret_nobody_is_believed(client, sent, settings):
    settings.SMS_REPORT_SECRET = ""
    assert post(client, {"reference": sent.reference, "status": "delivered"}).status_code == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"no", b"{}", b'{"reference": "", "status": "delivered"}', b"[" * 3000])
def test_what_is_no_report_is_refused(client, sent, body):
    assert post(client, body).status_code == 400


def test_a_body_longer_than_any_report_finds_nothing(client, sent):
    assert post(client, b" " * 5000).status_code == 404


def test_it_cannot_be_read(client):
    assert client.get(URL).status_code == 405


def test_a_message_that_did_not_arrive_gets_another_round_under_another_key(client, sent, gateways):
    post(client, {"reference": sent.reference, "status": "failed"})
    assert failures.try_again(failures.not_arrived(), [sent.pk], NOON) == 1
    send_at(NOON)
    again = Notice.objects.get(pk=sent.pk)
    assert (again.state, again.send_key != sent.send_key) == ("sent", True)
