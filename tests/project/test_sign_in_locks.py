"""Wrong passwords lock a name for half an hour, whether or not it is an account; odd input breaks nothing."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import Event
from people.models import SignInLock
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.project.signing import LOGIN, actions_of, is_signed_in, signed_in, try_to_sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled", "clock")]
MISMATCH, LOCKED = "账号或者密码不对", "输错的次数太多"
NAME = "county-reviewer"
HALF_AN_HOUR = 30 * 60


def fail(name, times=5, **more):
    """So many wrong passwords; the last answer."""
    for turn in range(times):
        _client, answer = try_to_sign_in(name, f"wrong-{turn}", **more)
    return text_of(answer)


def without_marks(page):
    """The page without what differs from request to request."""
    return re.sub(r'(csrfmiddlewaretoken" value="|nonce=")[^"]+', "", page)


class TestLocking:
    """Five wrong passwords close the name."""

    def test_the_sixth_attempt_is_refused_even_with_the_right_password(self):
        assert MISMATCH in fail(NAME)
        client, answer = try_to_sign_in(NAME)
        assert LOCKED in text_of(answer)
        assert not is_signed_in(client)

    def test_it_is_locked_from_every_address(self):
        fail(NAME)
        _client, answer = try_to_sign_in(NAME, address="10.0.0.99")
        assert LOCKED in text_of(answer)

    def test_another_account_is_not_locked(self):
        fail(NAME)
        signed_in("county-clerk")

    def test_it_opens_again_after_half_an_hour(self, clock):
        fail(NAME)
        clock.shift(HALF_AN_HOUR + 1)
        signed_in(NAME)

    def test_not_before(self, clock):
        fail(NAME)
        clock.shift(HALF_AN_HOUR - 60)
        assert LOCKED in text_of(try_to_sign_in(NAME)[1])

    def test_a_lock_outlives_an_emptied_cache(self):
        fail(NAME)
        cache.clear()
        assert LOCKED in text_of(try_to_sign_in(NAME)[1])

    def test_the_case_of_letters_makes_no_other_name(self):
        fail(NAME.upper())
        assert LOCKED in text_of(try_to_sign_in(NAME)[1])
        assert SignInLock.objects.get().user == world.user(NAME)

    def test_an_address_that_tries_many_names_is_stopped(self, clock):
        for number in range(50):
            clock.shift(5)
            try_to_sign_in(f"nobody-{number}", "wrong", address="10.0.0.7")
        assert LOCKED in text_of(try_to_sign_in("county-clerk", address="10.0.0.7")[1])
        signed_in("county-clerk", address="10.0.0.8")

    def test_a_right_password_in_between_does_not_count(self):
        fail(NAME, 3)
        signed_in(NAME)
        assert MISMATCH in fail(NAME, 1)

    def test_it_is_on_record(self):
        fail(NAME)
        assert actions_of(NAME) == ["signin.failed"] * 5 + ["signin.locked"]
        assert SignInLock.objects.get().user == world.user(NAME)


class TestUnlocking:
    """The security administrator lifts a lock, with a reason."""

    def test_the_account_may_try_again_at_once(self):
        fail(NAME)
        user = world.user(NAME)
        answer = sign_in("admin").post(f"/staff/security/{user.pk}/unlock/", {"reason": "called_back"})
        assert answer.status_code == 302
        signed_in(NAME)
        unlocked = Event.objects.get(action="signin.unlocked")
        assert (unlocked.actor, unlocked.data) == ("admin", {"reason": "called_back"})

    def test_not_without_a_reason(self):
        fail(NAME)
        answer = sign_in("admin").post(f"/staff/security/{world.user(NAME).pk}/unlock/", {})
        assert answer.status_code == 422
        assert LOCKED in text_of(try_to_sign_in(NAME)[1])

    def test_what_is_not_locked_is_not_unlocked(self):
        address = f"/staff/security/{world.user(NAME).pk}/unlock/"
        assert sign_in("admin").post(address, {"reason": "called_back"}).status_code == 409


class TestNothingIsTold:
    """Answers are the same for an account and for a name that is none."""

    def test_a_wrong_password_and_an_unknown_name_read_alike(self):
        told = [fail(name, 1).replace(name, "NAME") for name in ("dpf-second", "nobody-at-all")]
        assert without_marks(told[0]) == without_marks(told[1])

    def test_both_lock_after_as_many_attempts_and_for_as_long(self, clock):
        fail(NAME), fail("nobody-at-all")
        for name in (NAME, "nobody-at-all"):
            assert LOCKED in text_of(try_to_sign_in(name)[1])
        clock.shift(HALF_AN_HOUR - 60)
        for name in (NAME, "nobody-at-all"):
            assert LOCKED in text_of(try_to_sign_in(name, "wrong")[1])
        clock.shift(120)
        for name in (NAME, "nobody-at-all"):
            assert MISMATCH in text_of(try_to_sign_in(name, "wrong")[1])

    def test_both_cost_one_hash(self, monkeypatch):
        hashed, encode = [], MD5PasswordHasher.encode
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))
        counts = []
        for name in (NAME, "nobody-at-all"):
            hashed.clear()
            fail(name, 1)
            counts.append(len(hashed))
        assert counts == [1, 1]

    def test_the_name_of_nobody_is_not_kept(self):
        fail("hunter2-my-password", 1)
        event = Event.objects.get(action="signin.failed")
        assert event.stream == "sign-in:nobody"
        assert "hunter2" not in f"{event.actor}{event.subject}{event.data}"

    def test_a_deactivated_account_reads_as_a_wrong_password(self):
        user = world.user(NAME)
        user.is_active = False
        user.save()
        assert "/accounts/inactive/" not in try_to_sign_in(NAME, "wrong")[1].headers.get("Location", "")


ODD = [
    "\x00", "a\x00b", "a" * 100_000, "ａｄｍｉｎ", "аdmin", "admin\u202e", "ad\nmin", "ad min", "' OR 1=1 --",
    "{{7*7}}", "😀", "\ud7ff", "%00", "../../etc/passwd", "admin\u200b",
]  # fmt: skip
WHOLE = (
    '{"id":"AA","rawId":"AA","type":"public-key","response":'
    '{"userHandle":"MQ","clientDataJSON":"AA","authenticatorData":"AA","signature":"AA"}}'
)


class TestOddInput:
    """Whatever is sent is answered with a page, never with an error of ours, and signs nobody in."""

    @pytest.mark.parametrize("name", ODD)
    def test_as_name(self, name):
        client, answer = try_to_sign_in(name)
        assert answer.status_code == 200
        assert not is_signed_in(client)

    @pytest.mark.parametrize("password", ODD)
    def test_as_password(self, password):
        client, answer = try_to_sign_in("admin", password)
        assert answer.status_code == 200
        assert not is_signed_in(client)

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"login": ["a", "b"], "password": ["c", "d"]},
            {"login[]": "admin", "password[]": "x"},
            {"login": "admin"},
            {"login": "", "password": ""},
            {"login": "admin", "password": "x", "next": "https://example.com/"},
            {"login": "admin", "password": "x", "next": "//example.com\x00"},
            {"login": "admin", "password": "x", "remember": ["1", "2"]},
        ],
    )
    def test_as_form(self, data):
        assert Client().post(LOGIN, data).status_code == 200

    @pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{", b"login=%ff%fe&password=%00", b"login=a" + b"&x=1" * 900])
    @pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/json", "text/plain"])
    def test_as_body(self, body, kind):
        assert Client().post(LOGIN, body, content_type=kind).status_code in {200, 400}

    @pytest.mark.parametrize(
        "credential",
        ["", "x", "1", "null", "[]", "{}", '{"response": 1}', '{"response": {"userHandle": 5}}', '{"id": []}', WHOLE],
    )
    def test_as_passkey(self, credential):
        client = Client()
        client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
        answer = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})
        assert answer.status_code == 302
        assert not is_signed_in(client)

    def test_a_foreign_address_to_go_on_to_is_not_followed(self):
        _client, answer = try_to_sign_in("applicant", next="https://example.com/")
        assert answer["Location"] == "/"

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(name=st.text(max_size=60), password=st.text(max_size=60))
    def test_as_anything(self, name, password):
        cache.clear()
        assert try_to_sign_in(name, password)[1].status_code == 200
