"""A lost second step: a counter and a day for applicants; who may object, and how."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.utils import timezone

from audit.models import Event
from people.models import DataKey, Kinship, LostFactor, Office
from people.posts import appoint
from people.recording import person_with
from people.synthetic import synthetic_person
from project.jobs import DUE_JOBS
from project.sign_in import lost_factor
from telling import wishing
from telling.gateways.recorder import Recorder
from telling.models import Notice
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.project.signing import actions_of, is_signed_in, signed_in, try_to_sign_in
from tests.project.test_counter_passwords import office_of
from tests.telling.told import send_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled", "clock")]
PAGE, KEEP = "/helping/counter/second-step/", "/accounts/second-step/keep/"
CLERK, OWNER, OFFICIAL = "county-clerk", "applicant", "county-reviewer"
CARD = synthetic_person(7, "532503")
DAY = 24 * 60 * 60


def with_factors(name):
    """The account has a generator and recovery codes; one of the codes, and the key of the generator's secret."""
    user = world.user(name)
    sealed = TOTP.activate(user, "JBSWY3DPEHPK3PXP").instance.data["secret"]
    return RecoveryCodes.activate(user).get_unused_codes()[0], DataKey.objects.get(pk=sealed.split(":")[1])


@pytest.fixture
def owner():
    """The account is tied to the person of the card, and asks for a second step."""
    user = world.user(OWNER)
    user.person = person_with(CARD.id_number, CARD.name)
    user.save()
    user.code, user.key = with_factors(OWNER)
    return user


def put_down(by=CLERK, account=OWNER, **other):
    """The clerk fills in the card, the account and what happened."""
    given = {
        "office": office_of(CLERK),
        "name": CARD.name,
        "id_number": CARD.id_number,
        "account": account,
        "reason": "lost",
        "paper": "id_card",
        "seen": "on",
    }
    return sign_in(by).post(PAGE, given | other)


def run_after(clock, seconds=DAY):
    clock.shift(seconds)
    return lost_factor.run(timezone.now())


def has_factor(name=OWNER):
    return Authenticator.objects.filter(user=world.user(name)).exists()


def by_code(name, code):
    """Through both steps, the second by a recovery code."""
    client, answer = try_to_sign_in(name)
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    return client


class TestAtTheCounter:
    """Put down with the card, told at once, taken off a day later."""

    def test_nothing_changes_within_the_day(self, owner, clock):
        assert put_down()["Location"] == "/helping/counter/"
        assert run_after(clock, DAY - 60) == 0
        assert has_factor()

    def test_after_a_day_it_is_taken_off_and_the_password_signs_in(self, owner, clock):
        put_down()
        assert run_after(clock) == 1
        owner.key.refresh_from_db()
        assert (has_factor(), bool(owner.key.destroyed_at)) == (False, True)
        assert is_signed_in(signed_in(OWNER))
        assert lost_factor.run(timezone.now()) == 0

    def test_every_sign_in_ends_with_it(self, owner, clock):
        before = by_code(OWNER, owner.code)
        put_down()
        run_after(clock)
        assert not is_signed_in(before)

    def test_the_clock_does_it(self):
        assert DUE_JOBS["lost_factors_taken"] is lost_factor.run

    def test_card_reason_and_clerk_are_on_record_of_the_account_and_of_the_office(self, owner, clock):
        put_down(valid_until_year="2030", valid_until_month="5", valid_until_day="1")
        run_after(clock)
        lost, taken = Event.objects.filter(stream=f"user:{owner.pk}", action__startswith="factor.").order_by("seq")
        said = {"office": office_of(CLERK), "reason": "lost", "paper": "id_card", "valid_until": "2030-05-01"}
        assert (lost.action, lost.actor, lost.data) == ("factor.lost", CLERK, said)
        assert (taken.action, taken.actor) == ("factor.reset", "clock")
        assert set(taken.data["types"]) == {"totp", "recovery_codes"}
        assert Event.objects.get(stream=f"staff:{office_of(CLERK)}", action="factor.lost").actor == CLERK
        assert Event.objects.filter(stream=f"reader:{CLERK}", action="counter.sought").exists()

    def test_the_owner_is_told_at_every_proved_address_whatever_they_wished(self, owner, clock, settings):
        path = "telling.gateways.recorder.Recorder"
        settings.TELL_GATEWAYS = {"email": path, "sms": path}
        for channel, value in (("sms", "13800000009"), ("email", "somebody@example.com")):
            wishing.ask_code(owner, channel, value, timezone.now())
            send_at(timezone.now())
            code = re.search(r"\d{6}", Recorder.calls[-1].text)[0]
            assert wishing.prove(owner, channel, code, timezone.now())
        wishing.wish_of(owner).__class__.objects.update(by_sms=False, by_email=False)
        Recorder.clear()
        put_down()
        run_after(clock)
        for kind in ("factor_lost", "factor_taken_off"):
            assert {row.channel for row in Notice.objects.filter(kind=kind)} == {"site", "sms", "email"}

    def test_the_page_of_the_second_step_says_where_to_go(self, owner):
        client, _answer = try_to_sign_in(OWNER)
        page = text_of(client.get("/accounts/2fa/authenticate/"))
        assert "带身份证到就近的窗口" in page
        assert "24小时" in page


class TestObjecting:
    """Whoever signs in by the second step, or says so from where they are signed in, keeps it."""

    def test_signing_in_by_the_second_step_keeps_it(self, owner, clock):
        put_down()
        by_code(OWNER, owner.code)
        assert run_after(clock) == 0
        assert has_factor()
        assert "factor.kept" in actions_of(OWNER)
        assert Notice.objects.filter(kind="factor_kept", user=owner).exists()

    def test_the_password_alone_does_not(self, owner, clock):
        put_down()
        try_to_sign_in(OWNER)
        assert run_after(clock) == 1

    def test_from_where_the_account_is_signed_in_a_press_keeps_it(self, owner, clock):
        client = by_code(OWNER, owner.code)
        put_down()
        for page in ("/accounts/where/", "/accounts/2fa/"):
            assert f'action="{KEEP}"' in text_of(client.get(page))
        assert client.post(KEEP)["Location"] == "/accounts/2fa/"
        assert run_after(clock) == 0
        assert has_factor()
        assert KEEP not in text_of(client.get("/accounts/where/"))

    def test_without_anything_to_object_to_nothing_happens(self, owner):
        sign_in(OWNER).post(KEEP)
        assert "factor.kept" not in actions_of(OWNER)

    def test_afterwards_it_can_be_put_down_again(self, owner, clock):
        put_down()
        lost_factor.keep(owner, timezone.now())
        assert put_down().status_code == 302
        assert run_after(clock) == 1


class TestWhose:
    """The account must be that person's, and an applicant's still when the day is over."""

    @pytest.mark.parametrize("account", ["applicant2", "nobody-of-this-name", OFFICIAL, CLERK])
    def test_not_another_account(self, owner, account):
        with_factors(OFFICIAL)
        assert put_down(account=account).status_code == 422
        assert not LostFactor.objects.exists()

    @pytest.mark.parametrize("left_out", ["seen", "reason", "paper", "name"])
    def test_not_without_card_and_reason(self, owner, left_out):
        assert put_down(**{left_out: ""}).status_code == 422
        assert not LostFactor.objects.exists()

    def test_not_by_a_card_that_has_run_out(self, owner):
        answer = put_down(valid_until_year="2020", valid_until_month="5", valid_until_day="1")
        assert (answer.status_code, "已经过期" in text_of(answer)) == (422, True)

    def test_not_a_relatives(self, owner):
        Kinship.objects.create(user=world.user(CLERK), relative=owner.person, relation="child")
        assert put_down().status_code == 403

    def test_not_without_a_second_step_and_not_twice(self, owner):
        assert [put_down().status_code, put_down().status_code] == [302, 409]
        Authenticator.objects.all().delete()
        LostFactor.objects.all().delete()
        assert put_down().status_code == 409

    def test_not_more_than_some_a_day(self, owner, monkeypatch):
        monkeypatch.setattr("project.sign_in.at_counter.MOST_A_DAY", 1)
        cache.clear()
        put_down()
        LostFactor.objects.all().delete()
        assert put_down().status_code == 409

    @pytest.mark.parametrize("by", [OFFICIAL, "admin", "hotline", OWNER, "village-clerk"])
    def test_nobody_else_puts_it_down(self, owner, by):
        assert put_down(by=by).status_code == 404

    def test_who_became_an_official_within_the_day_keeps_it(self, owner, clock):
        put_down()
        appoint(owner, Office.objects.get(pk=office_of(CLERK)), "reviewer", timezone.localdate())
        run_after(clock)
        assert has_factor()


def test_switching_it_on_leads_to_the_recovery_codes_and_says_what_they_are_for():
    client = signed_in(OWNER)
    asked = client.get("/accounts/2fa/totp/activate/")
    client.post(asked["Location"], {"password": world.PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    code = format_hotp_value(hotp_value(client.session["mfa.totp.secret"], next(yield_hotp_counters_from_time())))
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    page = text_of(client.get(answer["Location"]))
    assert "备用码也丢了" in page
    assert 'id="codes"' in page
