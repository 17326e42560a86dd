"""The security administrator: which accounts, which acts, each with a reason; and that the three stay apart."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from audit.models import Event
from people.models import Office, SignIn, User
from people.posts import appoint
from project.demo.directory import HONGHE, MENGZI
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.project.signing import is_signed_in, signed_in, try_to_sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled", "clock")]
NAME = "county-reviewer"
WHY = {"reason": "in_person"}
ACTS = ("unlock", "factor", "password", "out")


def address(name=NAME, act=""):
    return f"/staff/security/{world.user(name).pk}/{act and act + '/'}"


def with_generator(name=NAME):
    """The account has a generator; its secret."""
    secret = "JBSWY3DPEHPK3PXP"
    with_request = world.user(name)
    TOTP.activate(with_request, secret)
    return secret


class TestWhich:
    """Officials of the area, not oneself, none who watches over the area, no applicant."""

    @pytest.mark.parametrize("name", ["admin", "auditor", "system-admin", "applicant", "helper"])
    @pytest.mark.parametrize("act", ACTS)
    def test_not_these(self, name, act):
        admin = sign_in("admin")
        assert admin.get(address(name)).status_code == 404
        assert admin.post(address(name, act), WHY).status_code == 404

    def test_not_of_another_county(self):
        user = User.objects.create(username="county-admin")
        appoint(user, Office.objects.get(division_id=MENGZI, function="government"), "administrator", date(2026, 1, 1))
        client = Client()
        client.force_login(user)
        assert client.get(address("other-county")).status_code == 404
        assert client.get(address()).status_code == 200

    def test_not_who_also_holds_a_post_above(self):
        user = User.objects.create(username="county-admin")
        appoint(user, Office.objects.get(division_id=MENGZI, function="government"), "administrator", date(2026, 1, 1))
        appoint(world.user(NAME), Office.objects.get(division_id=HONGHE, function="hrss"), "reviewer", date(2026, 1, 1))
        client = Client()
        client.force_login(user)
        assert client.get(address()).status_code == 404

    @pytest.mark.parametrize(
        "span", [{"starts": date(2026, 1, 1), "ends": date(2026, 6, 30)}, {"starts": date(2027, 1, 1), "ends": None}]
    )
    @pytest.mark.parametrize("act", ACTS)
    def test_not_whose_only_post_is_over_or_to_come(self, span, act):
        user = User.objects.create(username="once-here")
        appoint(user, Office.objects.get(division_id=MENGZI, function="hrss"), "reviewer", **span)
        admin = sign_in("admin")
        assert admin.get(address(user.username)).status_code == 404
        assert admin.post(address(user.username, act), WHY).status_code == 404
        assert address(user.username) not in text_of(admin.get("/staff/security/", {"q": user.username}))

    def test_whose_account_was_made_for_an_office_before_the_first_post(self):
        User.objects.create(username="new-here", staff_of=Office.objects.get(division_id=MENGZI, function="hrss"))
        assert sign_in("admin").get(address("new-here")).status_code == 200

    def test_a_post_above_that_is_over_keeps_nobody_out(self):
        user = User.objects.create(username="county-admin")
        appoint(user, Office.objects.get(division_id=MENGZI, function="government"), "administrator", date(2026, 1, 1))
        above = Office.objects.get(division_id=HONGHE, function="hrss")
        appoint(world.user(NAME), above, "reviewer", date(2026, 1, 1), date(2026, 6, 30))
        client = Client()
        client.force_login(user)
        assert client.get(address()).status_code == 200

    @pytest.mark.parametrize("name", ["auditor", "system-admin", NAME, "county-supervisor", "applicant"])
    def test_nobody_else_has_the_pages(self, name):
        client = sign_in(name)
        assert client.get("/staff/security/").status_code == 404
        assert client.post(address("dpf", "out"), WHY).status_code == 404

    def test_an_account_is_found_by_name(self):
        assert address() in text_of(sign_in("admin").get("/staff/security/", {"q": "审核岗·李"}))

    def test_applicants_are_not_found(self):
        assert "没有找到" in text_of(sign_in("admin").get("/staff/security/", {"q": "applicant"}))

    @pytest.mark.parametrize("what", ["delete", "unlock2"])
    def test_no_other_act(self, what):
        assert sign_in("admin").post(address(NAME, what), WHY).status_code == 404


class TestActs:
    """Each with a reason out of the list, on record in the account's stream."""

    @pytest.mark.parametrize("act", ACTS)
    @pytest.mark.parametrize("given", [{}, {"reason": ""}, {"reason": "because"}])
    def test_no_reason_no_act(self, act, given):
        assert sign_in("admin").post(address(NAME, act), given).status_code == 422
        assert not Event.objects.filter(stream=f"user:{world.user(NAME).pk}").exists()

    def test_a_new_first_password_is_shown_once_and_must_be_changed(self):
        before = signed_in(NAME)
        page = text_of(sign_in("admin").post(address(NAME, "password"), WHY))
        password = page.split('lang="en">')[-1].split("<")[0]
        assert not is_signed_in(before)
        client, answer = try_to_sign_in(NAME, password)
        assert answer.status_code == 302
        assert client.get("/")["Location"] == "/accounts/password/change/"
        for elsewhere in ("where/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/add/", "kept/", "reauthenticate/"):
            assert client.get(f"/accounts/{elsewhere}")["Location"] == "/accounts/password/change/"
        assert client.post("/accounts/identity/province/login/")["Location"] == "/accounts/password/change/"
        assert client.get("/accounts/logout/").status_code == 200
        assert password not in str(Event.objects.get(action="password.reset").data)

    def test_signing_out_everywhere(self):
        one, other = signed_in(NAME), signed_in(NAME)
        sign_in("admin").post(address(NAME, "out"), {"reason": "suspected"})
        assert not is_signed_in(one)
        assert not is_signed_in(other)
        assert set(SignIn.objects.values_list("why", flat=True)) == {"security"}

    def test_looking_is_on_record(self):
        sign_in("admin").get(address())
        event = Event.objects.get(action="sign_ins.read")
        assert (event.stream, event.subject) == ("reader:admin", f"user-{world.user(NAME).pk}")

    def test_the_auditor_reads_the_trail_of_an_account(self):
        signed_in(NAME)
        page = text_of(sign_in("auditor").get(f"/audit/user/{world.user(NAME).pk}/"))
        assert "登录" in page

    def test_not_of_an_applicants_account(self):
        assert sign_in("auditor").get(f"/audit/user/{world.user('applicant').pk}/").status_code == 404


def secret_of(name):
    return Authenticator.objects.get(user=world.user(name), type="totp").data["secret"]


def signed_in_with_code():
    """Through both steps."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    client, answer = try_to_sign_in(NAME)
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", counter))
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    return client


class TestSecondFactor:
    """Secrets are sealed; wrong codes are counted and on record; production asks staff for a factor."""

    def test_the_secret_stands_sealed(self):
        secret = with_generator()
        assert secret not in secret_of(NAME)
        assert is_signed_in(signed_in_with_code())

    def test_a_wrong_code_is_refused_and_on_record(self):
        with_generator()
        client, _answer = try_to_sign_in(NAME)
        assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
        assert not is_signed_in(client)
        assert Event.objects.filter(action="factor.failed").count() == 1

    def test_five_wrong_codes_stop_the_sixth(self):
        with_generator()
        client, _answer = try_to_sign_in(NAME)
        for _turn in range(6):
            page = text_of(client.post("/accounts/2fa/authenticate/", {"code": "000000"}))
        assert "输错的次数太多" in page

    @pytest.mark.parametrize("code", ["", "\x00", "x" * 10_000, "１２３４５６", "😀", "-1", "000000\n"])
    def test_odd_codes_break_nothing(self, code):
        with_generator()
        client, _answer = try_to_sign_in(NAME)
        assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200

    @pytest.mark.parametrize("credential", ["[]", "1", "{}", '{"response": []}', "x", '{"id": 1, "response": {}}'])
    def test_odd_answers_of_a_key_break_nothing(self, credential):
        with_generator()
        client, _answer = try_to_sign_in(NAME)
        assert client.post("/accounts/2fa/authenticate/", {"credential": credential}).status_code == 200
        assert not is_signed_in(client)

    def test_in_production_an_official_without_one_sees_only_the_page_that_sets_one_up(self, settings):
        settings.DEMO = settings.SECURE_SSL_REDIRECT = False
        assert sign_in(NAME).get("/inbox/")["Location"] == "/accounts/2fa/"
        assert sign_in("applicant").get("/applications/").status_code == 200
