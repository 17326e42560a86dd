"""How often a new password may be asked for: by one side, for one name, and what serves afterwards."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from people.models import PasswordCode
from project.sign_in import resetting
from telling.gateways.recorder import Recorder
from tests.approvals.desk import text_of
from tests.project.test_forgotten_passwords import ASK, CODE, TWICE, ask, code_sent, gateways, phone  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled", "clock", "phone")]


class TestHowOften:
    """Whoever knows a name uses up their own messages, not its owner's; a telephone does not ring all day."""

    NAMES = ("applicant", "nobody-of-this-name")

    @pytest.mark.parametrize("name", NAMES)
    def test_from_one_side_once_a_minute_and_five_times_a_day(self, clock, name):
        side, statuses = Client(REMOTE_ADDR="10.0.0.1"), []
        for _turn in range(6):
            statuses.append(ask(name, client=side)[1].status_code)
            page = ask(name, client=Client(REMOTE_ADDR="10.0.0.1"))[1]
            assert (page.status_code, "照样能用" in text_of(page)) == (409, True)
            clock.shift(61)
        assert statuses == [302] * 5 + [409]

    def test_however_often_others_ask_the_owner_gets_a_code(self, clock):
        for _turn in range(6):
            ask(client=Client(REMOTE_ADDR="10.0.0.1"))
            clock.shift(61)
        Recorder.clear()
        client, answer = ask(client=Client(REMOTE_ADDR="10.0.0.2"))
        assert answer.status_code == 302
        assert client.post(CODE, {"code": code_sent(), **TWICE})["Location"] == "/accounts/login/"

    def test_a_name_written_otherwise_is_the_same_name(self):
        ask("applicant", client=Client(REMOTE_ADDR="10.0.0.1"))
        for other in ("APPLICANT", "appl\u0131cant"):
            assert ask(other, client=Client(REMOTE_ADDR="10.0.0.1"))[1].status_code == 409

    def test_addresses_of_one_connection_are_one_side(self):
        ask(client=Client(REMOTE_ADDR="2001:db8:0:1::1"))
        assert ask(client=Client(REMOTE_ADDR="2001:db8:0:1::ffff"))[1].status_code == 409
        assert ask(client=Client(REMOTE_ADDR="2001:db8:0:2::1"))[1].status_code == 302

    @pytest.mark.parametrize("name", NAMES)
    def test_after_the_last_message_of_the_day_the_page_says_the_same_and_nothing_is_sent(self, name):
        pages = []
        for side in range(resetting.MOST_IN_ALL + 1):
            client, answer = ask(name, client=Client(REMOTE_ADDR=f"10.0.0.{side}"))
            page = client.get(CODE).content.decode()
            pages.append((answer.status_code, re.sub(r'value="\w{64}"|nonce="[^"]+"', "", page)))
        assert len(set(pages)) == 1
        assert "带身份证到就近的窗口" in pages[0][1]
        assert PasswordCode.objects.filter(user__isnull=False).count() == (15 if name == "applicant" else 0)

    def test_a_code_sent_before_goes_on_to_serve_in_its_browser(self, monkeypatch):
        client, _answer = ask()
        code = code_sent()
        monkeypatch.setattr("project.sign_in.resetting.MOST_IN_ALL", 1)
        cache.clear()
        ask(client=Client(REMOTE_ADDR="10.0.0.9"))
        assert ask(client=client)[1]["Location"] == CODE
        assert client.post(CODE, {"code": code, **TWICE})["Location"] == "/accounts/login/"

    def test_what_was_asked_for_before_is_a_press_away(self):
        client, _answer = ask()
        assert f'href="{CODE}"' in text_of(client.get(ASK))
        assert f'href="{CODE}"' not in text_of(Client().get(ASK))
