"""The gateways hand messages over with time limits, and tell a no for ever from a no for now."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail

from telling import gateways
from telling.gateways import NotSent, Outgoing
from telling.gateways.console import Console
from telling.gateways.mail import Mail
from telling.gateways.sms import HttpSms

MESSAGE = Outgoing("notice-1", "13800001234", "您办理的事项有新进展。", "有新进展")


class Provider(BaseHTTPRequestHandler):
    """A provider on this machine: keeps what it was asked, answers as told."""

    asked: list = []
    answer = (200, b'{"reference": "abc"}', {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).asked.append((dict(self.headers), json.loads(body)))
        code, text, headers = type(self).answer
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_said):
        """Quiet."""


@pytest.fixture
def provider(settings):
    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_KEY, settings.SMS_TIMEOUT = "key-of-ours", 2
    Provider.asked, Provider.answer = [], (200, b'{"reference": "abc"}', {})
    yield Provider
    server.shutdown()
    server.server_close()


def test_a_text_message_goes_with_its_key_and_sign_and_brings_back_a_reference(provider, settings):
    assert HttpSms().send(MESSAGE) == "abc"
    ((headers, body),) = provider.asked
    assert headers["Authorization"] == "Bearer key-of-ours"
    assert headers["Idempotency-Key"] == "notice-1"
    assert body == {"to": "13800001234", "sign": settings.SMS_SIGN, "text": MESSAGE.text, "key": "notice-1"}


@pytest.mark.parametrize("text", [b"", b"ok", b"[1]", b"{}"])
def test_a_yes_without_a_reference_is_a_yes(provider, text):
    provider.answer = (202, text, {})
    assert HttpSms().send(MESSAGE) == ""


@pytest.mark.parametrize(
    "code, final", [(400, True), (401, True), (404, True), (408, False), (429, False), (500, False), (503, False)]
)
def test_some_answers_are_a_no_for_ever_and_some_for_now(provider, code, final):
    provider.answer = (code, b"secret 13800001234", {})
    with pytest.raises(NotSent) as refused:
        HttpSms().send(MESSAGE)
    assert (refused.value.code, refused.value.final) == (f"http_{code}", final)


def test_the_key_is_not_carried_to_where_a_redirect_points(provider):
    provider.answer = (302, b"", {"Location": "http://127.0.0.1:9/elsewhere"})
    with pytest.raises(NotSent, match="http_302"):
        HttpSms().send(MESSAGE)
    assert len(provider.asked) == 1


def test_a_provider_that_is_not_there_is_a_no_for_now(settings):
    settings.SMS_URL, settings.SMS_KEY, settings.SMS_TIMEOUT = "http://127.0.0.1:9/", "k", 1
    with pytest.raises(NotSent) as refused:
        HttpSms().send(MESSAGE)
    assert not refused.value.final


def test_a_mail_is_the_same_message_at_every_try(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "直达 <zhida@example.gov.cn>"
    first, second = Mail().send(MESSAGE), Mail().send(MESSAGE)
    assert first == second
    assert first.endswith("@example.gov.cn>")
    sent = mail.outbox[0]
    assert (sent.to, sent.subject, sent.body) == (["13800001234"], "有新进展", MESSAGE.text)
    assert sent.message()["Message-ID"] == first


def test_a_mail_server_that_is_not_there_is_a_no_for_now(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    with pytest.raises(NotSent) as refused:
        Mail().send(MESSAGE)
    assert not refused.value.final


def test_a_demo_site_writes_down_the_words_and_hides_the_number(caplog):
    with caplog.at_level("INFO"):
        assert Console().send(MESSAGE) == "console-notice-1"
    assert MESSAGE.text in caplog.text
    assert "13800001234" not in caplog.text


def test_a_channel_without_a_gateway_is_none(settings):
    settings.TELL_GATEWAYS = {"sms": "", "email": "telling.gateways.mail.Mail"}
    assert gateways.channels() == {"email"}
    assert gateways.gateway("sms") is None
    assert isinstance(gateways.gateway("email"), Mail)
