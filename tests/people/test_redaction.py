"""No line of a log and no report of an error shows a number of a person, a password or a token."""

import io
import logging
import sys

import pytest
from django.test import RequestFactory
from django.views.debug import ExceptionReporter, get_exception_reporter_class

from people.redaction import MASKED, RedactingFilter, redacted
from project.logs import STYLES, logging_settings

ID, CERTIFICATE, PHONE, ACCOUNT = "532524199901010017", "53252419990101001742", "13812345678", "6222021234567890123"
SENT = "hunter" + str(2)  # put together here: reports show lines of code
SECRETS = [
    ID,
    "53252419990101001X",
    "５３２５２４１９９９０１０１００１７",
    "532524 19990101 0017",
    CERTIFICATE,
    PHONE,
    "138-1234-5678",
    "+86 138 1234 5678",
    "0873-3721234",
    ACCOUNT,
    "6222 0212 3456 7890 123",
    "622202123456",
]
HARMLESS = [
    "anchor 12 " + "a1" * 32,
    "GB5325032026000001",
    "2026-11-23 10:00:00,123 INFO",
    "2026-11-23T10:00:00.123456+08:00",
    "6f1d1a3e-1111-4222-8333-123456789012",
    "GET applications:detail 200 in 12 ms for user 7",
    "屏民决〔2026〕12号",
    "12.3456789012345",
    "尾号1234",
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("around", ["{}", "号码{}打不通。", "id={}&b=1", "(‘{}’,)", "/a/?q={} HTTP/1.1", "x: {}\n"])
def test_numbers_of_persons_are_masked_wherever_they_stand(secret, around):
    assert redacted(around.format(secret)) == around.format(MASKED)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_proves_or_finds_things_stays(text):
    assert redacted(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "password=hunter2&next=/",
        "{'password': 'hunter2 and more'}",
        'POST {"token": "hunter2"}',
        "Cookie: sessionid=hunter2; csrftoken=hunter2",
        "Authorization: Basic hunter2",
        "sent Bearer hunter2",
        "postgres://zhida:hunter2@db/zhida",
        "csrfmiddlewaretoken=hunter2",
        "METRICS_TOKEN=hunter2",
    ],
)
def test_passwords_and_tokens_are_masked(text):
    assert "hunter2" not in redacted(text)


@pytest.fixture(params=STYLES)
def written(request):
    """What a logger of the site writes, in each style."""
    made, stream = logging_settings(request.param, "DEBUG"), io.StringIO()
    console, lines = made["handlers"]["console"], dict(made["formatters"]["lines"])
    assert (console["formatter"], console["filters"]) == ("lines", ["redacted"])
    handler = logging.StreamHandler(stream)
    handler.setFormatter(lines.pop("()")(**lines))
    handler.addFilter(made["filters"]["redacted"]["()"]())
    log = logging.getLogger("zhida.test")
    log.propagate, log.level = False, logging.DEBUG
    log.addHandler(handler)
    yield stream.getvalue
    log.removeHandler(handler)


def fail(number):
    raise ValueError(f"no account {number}")


class TestLines:
    """As they leave the process."""

    def test_messages_and_arguments(self, written):
        logging.getLogger("zhida.test").warning("number %s of %s", ID, PHONE)
        assert ID not in written()
        assert PHONE not in written()
        assert written().count(MASKED) == 2

    def test_arguments_that_do_not_fit(self, written):
        logging.getLogger("zhida.test").warning(f"{ID} %d", "x")  # noqa: G004
        assert ID not in written()

    def test_exceptions_and_their_causes(self, written):
        try:
            try:
                fail(ID)
            except ValueError as error:
                raise RuntimeError(f"phone {PHONE}") from error
        except RuntimeError:
            logging.getLogger("zhida.test").exception("failed")
        assert "RuntimeError" in written()
        assert ID not in written()
        assert PHONE not in written()

    def test_values_of_variables_are_not_shown(self, written):
        try:
            fail("secret-of-the-frame")
        except ValueError:
            logging.getLogger("zhida.test").exception("failed")
        assert "number = " not in written()


class TestFilter:
    """For handlers that put lines together by themselves."""

    def test_everything_a_record_carries(self):
        try:
            fail(ACCOUNT)
        except ValueError:
            record = logging.LogRecord("a", 40, "b", 1, "to %s", (PHONE,), sys.exc_info(), sinfo=f"stack {ID}")
        RedactingFilter().filter(record)
        line = logging.Formatter("%(message)s").format(record)
        assert "ValueError" in line
        assert [number for number in (PHONE, ACCOUNT, ID) if number in line] == []


class TestErrorReports:
    """As Django would send or store them."""

    def report(self):
        request = RequestFactory().post("/a/", {"id_number": ID, "password": SENT})
        reporter = get_exception_reporter_class(request)
        try:
            fail(ID)
        except ValueError as error:
            made = reporter(request, type(error), error, error.__traceback__)
        assert isinstance(made, ExceptionReporter)
        return made

    @pytest.mark.parametrize("kind", ["get_traceback_text", "get_traceback_html"])
    def test_they_hold_neither_what_was_sent_nor_frame_locals(self, kind):
        told = getattr(self.report(), kind)()
        assert "ValueError" in told
        assert [word for word in (ID, SENT, "SECRET_KEY") if word in told] == []
