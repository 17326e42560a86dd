"""A forgotten password: a code or a link to what was proved before, and the same answer whoever is asked for."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from people.models import PasswordCode, Person, User
from people.recording import person_with
from people.synthetic import synthetic_person
from project.sign_in import resetting
from telling import wishing
from telling.failures import not_arrived
from telling.gateways import NotSent
from telling.gateways.recorder import Recorder
from telling.models import Notice
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.project.signing import actions_of, is_signed_in, signed_in, try_to_sign_in
from tests.telling.told import send_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled", "clock")]
ASK, CODE, LINK = (f"/accounts/password/reset/{part}" for part in ("", "code/", "link/"))
NEW = "Lan-tian-2026"
TWICE = {"password1": NEW, "password2": NEW}
PHONE, MAIL = "13800000009", "somebody@example.com"


@pytest.fixture(autouse=True)
def gateways(settings):
    """Both channels leave the site, into the recorder."""
    path = "telling.gateways.recorder.Recorder"
    settings.TELL_GATEWAYS = {"email": path, "sms": path}
    Recorder.clear()
    yield Recorder
    Recorder.clear()


def sent():
    """The words of the last message, once what waits has been sent."""
    send_at(timezone.now())
    return Recorder.calls[-1].text if Recorder.calls else ""


def prove(name, channel, value):
    """The account's owner gave an address and typed the code that came."""
    user = world.user(name)
    wishing.ask_code(user, channel, value, timezone.now())
    assert wishing.prove(user, channel, re.search(r"\d{6}", sent())[0], timezone.now())
    Recorder.clear()


def ask(name="applicant", channel="sms", client=None):
    """Ask for a new password; the browser, and what it was answered."""
    client = client or Client()
    return client, client.post(ASK, {"account": name, "channel": channel})


def code_sent():
    return re.search(r"\d{6}", sent())[0]


def link_sent():
    return re.search(r"key=(\w+)", sent())[1]


@pytest.fixture
def phone():
    prove("applicant", "sms", PHONE)


@pytest.fixture
def mailbox():
    prove("applicant", "email", MAIL)


class TestByCode:
    """To the telephone that was proved; it opens the account once."""

    def test_the_code_that_came_lets_the_owner_choose_a_new_password(self, phone):
        client, _answer = ask()
        code = code_sent()
        assert Recorder.calls[-1].to == PHONE
        assert client.post(CODE, {"code": code, **TWICE})["Location"] == "/accounts/login/"
        again, _answer = try_to_sign_in("applicant", NEW)
        assert is_signed_in(again)

    def test_every_sign_in_ends_and_the_owner_is_told(self, phone):
        before = signed_in("applicant")
        client, _answer = ask()
        client.post(CODE, {"code": code_sent(), **TWICE})
        assert not is_signed_in(before)
        assert {row.channel for row in Notice.objects.filter(kind="password_recovered")} == {"site", "sms"}
        assert actions_of("applicant")[-3:] == ["password.asked", "password.recovered", "signin.out"]

    def test_it_serves_once(self, phone):
        client, _answer = ask()
        code = code_sent()
        kept = client.session["password_code"]
        client.post(CODE, {"code": code, **TWICE})
        session = client.session
        session["password_code"] = kept
        session.save()
        assert client.post(CODE, {"code": code, **TWICE}).status_code == 409

    def test_a_wrong_code_changes_nothing_and_the_sixth_is_not_looked_at(self, phone):
        client, _answer = ask()
        code = code_sent()
        wrong = "000000" if code != "000000" else "000001"
        for _turn in range(5):
            assert client.post(CODE, {"code": wrong, **TWICE}).status_code == 422
        assert client.post(CODE, {"code": code, **TWICE}).status_code == 409
        assert world.user("applicant").check_password(world.PASSWORD)

    def test_after_a_quarter_of_an_hour_it_is_over(self, phone, clock):
        client, _answer = ask()
        code = code_sent()
        clock.shift(15 * 60)
        assert client.post(CODE, {"code": code, **TWICE}).status_code == 409

    def test_another_browser_cannot_use_it(self, phone):
        ask()
        other, _answer = ask("applicant2")
        assert other.post(CODE, {"code": code_sent(), **TWICE}).status_code == 422

    def test_a_code_of_before_falls_with_the_password(self, phone, clock):
        first, _answer = ask()
        code = code_sent()
        clock.shift(61)
        second, _answer = ask()
        second.post(CODE, {"code": code_sent(), **TWICE})
        assert first.post(CODE, {"code": code, **TWICE}).status_code in {302, 409}
        assert world.user("applicant").check_password(NEW)

    def test_the_account_is_locked_before_its_code_so_that_two_codes_wait_for_one_another(self, phone):
        ask()
        code, row = code_sent(), PasswordCode.objects.get()
        with CaptureQueriesContext(connection) as queries:
            assert resetting.by_code(row.pk, code, NEW, timezone.now())
        locks = [one["sql"] for one in queries if "FOR NO KEY UPDATE" in one["sql"]]
        of_rows = [sql.split(" FROM ")[1].split()[0] for sql in locks]
        assert of_rows.index(f'"{User._meta.db_table}"') < of_rows.index(f'"{PasswordCode._meta.db_table}"')

    @pytest.mark.parametrize(
        "given",
        [{"password1": "short", "password2": "short"}, {"password1": NEW, "password2": "Other-2026"}, {}],
    )
    def test_a_password_that_does_not_do_costs_no_try(self, phone, given):
        client, _answer = ask()
        assert client.post(CODE, {"code": code_sent(), **given}).status_code == 422
        assert PasswordCode.objects.get().tries == 0

    def test_the_password_of_before_is_not_taken(self, phone):
        client, _answer = ask()
        same = {"password1": world.PASSWORD, "password2": world.PASSWORD}
        assert client.post(CODE, {"code": code_sent(), **same}).status_code == 422

    def test_an_initial_password_is_no_longer_asked_to_be_changed(self, phone):
        User.objects.filter(username="applicant").update(must_change_password=True)
        client, _answer = ask()
        client.post(CODE, {"code": code_sent(), **TWICE})
        assert not world.user("applicant").must_change_password

    def test_neither_code_nor_number_stands_in_the_table(self, phone):
        ask()
        code = code_sent()
        row = PasswordCode.objects.values().get()
        assert code not in row["digest"]
        assert PHONE not in str(row)


class TestLate:
    """What comes after its time is not sent: it would say that it serves for minutes still."""

    def test_a_code_that_could_not_be_sent_in_its_time_is_given_up(self, phone, clock):
        Recorder.answers[:] = [NotSent("http_503")]
        ask()
        send_at(timezone.now())
        clock.shift(15 * 60)
        Recorder.clear()
        send_at(timezone.now())
        told = Notice.objects.get(kind="password_code")
        assert (told.state, told.failure, Recorder.calls) == ("given_up", "too_late", [])
        assert told not in not_arrived()

    def test_one_that_is_sent_in_its_time_at_the_second_try_serves(self, phone, clock):
        Recorder.answers[:] = [NotSent("http_503")]
        ask()
        send_at(timezone.now())
        clock.shift(5 * 60)
        assert code_sent()


class TestByLink:
    """To the mailbox that was proved."""

    def test_the_link_that_came_lets_whoever_has_it_choose_a_new_password(self, mailbox):
        ask(channel="email")
        key = link_sent()
        assert Recorder.calls[-1].to == MAIL
        elsewhere = Client()
        assert elsewhere.get(LINK, {"key": key}).status_code == 200
        assert elsewhere.post(f"{LINK}?key={key}", TWICE)["Location"] == "/accounts/login/"
        assert world.user("applicant").check_password(NEW)
        assert elsewhere.get(LINK, {"key": key}).status_code == 409

    def test_looking_changes_nothing(self, mailbox):
        ask(channel="email")
        key = link_sent()
        before = PasswordCode.objects.values().get()
        Client().get(LINK, {"key": key})
        assert PasswordCode.objects.values().get() == before

    @pytest.mark.parametrize("key", ["", "x", "0" * 32, "\x00"])
    def test_another_link_opens_nothing(self, mailbox, key):
        ask(channel="email")
        assert Client().get(LINK, {"key": key}).status_code == 409
        assert Client().post(f"{LINK}?key={key}", TWICE).status_code == 409

    def test_a_code_of_a_text_message_is_no_link(self, phone):
        ask()
        assert Client().get(LINK, {"key": code_sent()}).status_code == 409


class TestSameForAll:
    """Whoever asks learns nothing of whether there is such an account, whose it is, and what it proved."""

    NAMES = ("applicant", "applicant2", "county-reviewer", "nobody-of-this-name")

    def test_the_same_pages(self, phone):
        pages = set()
        for name in self.NAMES:
            client, answer = ask(name)
            page = client.get(CODE).content.decode()
            wrong = client.post(CODE, {"code": "000000", **TWICE})
            plain = re.sub(r'value="\w{64}"|nonce="[^"]+"', "", page)
            pages.add((answer.status_code, answer["Location"], plain, wrong.status_code))
        assert len(pages) == 1

    def test_the_request_asks_the_database_as_often(self, phone, monkeypatch):
        no_worker = SimpleNamespace(enqueue=lambda pk: None)
        monkeypatch.setattr("project.sign_in.resetting_views.send_password_code", no_worker)
        counts = set()
        for name in self.NAMES:
            ask(name)
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                ask(name)
            counts.add(len(queries))
        assert len(counts) == 1

    def test_after_five_wrong_codes_for_nobody_there_is_no_sixth(self):
        client, _answer = ask("nobody-of-this-name")
        answers = [client.post(CODE, {"code": "000000", **TWICE}).status_code for _turn in range(6)]
        assert answers == [422] * 5 + [409]

    def test_a_number_that_was_never_proved_gets_nothing(self):
        somebody = synthetic_person(7, "532503")
        user = world.user("applicant")
        user.person = person_with(somebody.id_number, somebody.name)
        user.save()
        assert Person.objects.filter(user=user).exists()
        ask()
        assert sent() == ""

    def test_an_official_gets_nothing(self):
        prove("county-reviewer", "sms", PHONE)
        ask("county-reviewer")
        assert sent() == ""

    def test_a_deactivated_account_gets_nothing(self, phone):
        User.objects.filter(username="applicant").update(is_active=False)
        ask()
        assert sent() == ""

    def test_names_of_nobody_are_kept_nowhere(self):
        ask("nobody-of-this-name")
        event = Event.objects.get(action="password.asked")
        assert (event.stream, event.data, event.actor) == ("sign-in:nobody", {}, "")


class TestWithoutAnyWay:
    """What to do stands on the page."""

    def test_a_site_that_sends_nothing_names_the_counter(self, settings):
        settings.TELL_GATEWAYS = {}
        page = text_of(Client().get(ASK))
        assert "带身份证到就近的窗口" in page
        assert '<form method="post" action="/accounts/password/reset/"' not in page
        assert Client().post(ASK, {"account": "applicant", "channel": "sms"}).status_code == 422

    def test_the_page_of_signing_in_leads_there(self):
        assert f'href="{ASK}"' in text_of(Client().get("/accounts/login/"))

    def test_without_a_question_before_there_is_no_page_for_a_code(self):
        assert Client().get(CODE)["Location"] == ASK

    def test_who_is_signed_in_changes_the_password_in_the_usual_way(self):
        assert sign_in("applicant").get(ASK)["Location"] == "/accounts/password/change/"


def test_the_clock_forgets_what_nobody_can_use(phone, clock):
    ask()
    assert resetting.clear(timezone.now() + timedelta(hours=1)) == 0
    assert resetting.clear(timezone.now() + timedelta(days=2)) == 1


def test_sending_again_sends_nothing(phone):
    ask()
    sent()
    assert not resetting.send(PasswordCode.objects.get().pk, timezone.now())
