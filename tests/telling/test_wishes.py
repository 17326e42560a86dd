"""People say how they want to be told; an address is used once a code sent there came back."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from people import vault
from people.refusals import Conflict, Invalid
from telling import wishing
from telling.models import Address, Notice, Wish
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.telling.told import NOON, filed, notices, send_at, words

pytestmark = pytest.mark.django_db
WISHES = {"by_sms": True, "by_email": False, "shared": True, "language": "zh-hans", "by_call": False, "by_paper": False}
FORM = {"ways": ["by_sms"], "shared": "yes", "language": "zh-hans"}


@pytest.fixture
def user(gateways, clock):
    clock.move_to(NOON)
    return world.user("applicant")


def code_sent(gateways, at=NOON):
    send_at(at)
    return re.search(r"\d{6}", gateways.calls[-1].text).group()


def proved(user, gateways, channel="email", value="someone@example.com", at=NOON):
    wishing.ask_code(user, channel, value, at)
    assert wishing.prove(user, channel, code_sent(gateways, at), at)


def test_who_turns_text_messages_off_is_told_on_the_site_only(user):
    wishing.change(user, WISHES | {"by_sms": False}, NOON)
    assert {told.channel for told in notices(filed()) if told.who == f"user:{user.pk}"} == {"site"}


def test_an_address_is_used_only_once_the_code_came_back(user, gateways):
    wishing.ask_code(user, "email", "someone@example.com", NOON)
    with pytest.raises(Invalid):
        wishing.change(user, WISHES | {"by_email": True}, NOON)
    code = code_sent(gateways)
    assert gateways.calls[-1].to == "someone@example.com"
    assert wishing.prove(user, "email", code, NOON)
    case = filed()
    assert [told.channel for told in notices(case, "email")] == ["email"]


def test_a_wrong_code_counts_and_after_some_none_is_taken(user, gateways):
    wishing.ask_code(user, "email", "someone@example.com", NOON)
    right = code_sent(gateways)
    for _try in range(wishing.CODE_TRIES):
        assert not wishing.prove(user, "email", "000000" if right != "000000" else "000001", NOON)
    with pytest.raises(Conflict):
        wishing.prove(user, "email", right, NOON)


def test_a_code_ends_after_a_quarter_of_an_hour(user, gateways):
    wishing.ask_code(user, "email", "someone@example.com", NOON)
    with pytest.raises(Conflict):
        wishing.prove(user, "email", code_sent(gateways), NOON + wishing.CODE_LASTS)


def test_a_code_is_taken_with_spaces_and_full_width_figures(user, gateways):
    wishing.ask_code(user, "sms", "138 1234 5678", NOON)
    figures = code_sent(gateways).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert wishing.prove(user, "sms", f" {figures[:3]} {figures[3:]}", NOON)
    assert wishing.shown_addresses(wishing.wish_of(user)) == {"sms": ("13812345678", True)}


def test_another_code_so_soon_is_refused(user):
    wishing.ask_code(user, "email", "someone@example.com", NOON)
    with pytest.raises(Conflict):
        wishing.ask_code(user, "email", "other@example.com", NOON + timedelta(seconds=30))


def test_a_changed_address_is_not_used_until_it_is_proved_and_what_waits_is_not_sent_to_it(user, gateways):
    proved(user, gateways)
    case = filed()
    Notice.objects.filter(channel="email", kind="received").update(
        state="queued", next_try_at=NOON, sent_at=None, settled_at=None
    )
    later = NOON + timedelta(minutes=2)
    wishing.ask_code(user, "email", "new@example.com", later)
    assert notices(case, "email")[0].failure == "unwanted"
    assert not Wish.objects.get(user=user).by_email


@pytest.mark.parametrize("value", ["", "1381234567", "23812345678", "0873-1234567", "138123456789", "一三八"])
def test_what_is_no_mobile_number_is_refused(user, value):
    with pytest.raises(Invalid):
        wishing.ask_code(user, "sms", value, NOON)


@pytest.mark.parametrize("value", ["", "no", "a@b", "a b@example.com", "a@example.com\nBcc: b@example.com"])
def test_what_is_no_mail_address_is_refused(user, value):
    with pytest.raises(Invalid):
        wishing.ask_code(user, "email", value, NOON)


def test_no_address_and_no_code_stands_in_the_tables_in_clear(user, gateways):
    wishing.ask_code(user, "email", "someone@example.com", NOON)
    code = code_sent(gateways)
    stored = b""
    with connection.cursor() as cursor:
        for table in ("telling_wish", "telling_address", "telling_notice", "audit_event"):
            cursor.execute(f"SELECT * FROM {table}")
            stored += b"".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for row in cursor.fetchall()
                for value in row
            )
    assert b"someone@example.com" not in stored
    assert Address.objects.get().code_digest != code


def test_in_english_and_alone_on_the_phone_one_is_told_what_happened(user, gateways):
    proved(user, gateways, "sms", "13812345678")
    wishing.change(user, WISHES | {"shared": False, "language": "en"}, NOON)
    told = next(one for one in notices(filed(), "sms") if one.who == f"user:{user.pk}")
    assert "was received" in words(told)
    assert vault.decrypt(told.data_key, bytes(told.recipient), "notice_recipient") == "13812345678"


class TestPages:
    def test_wishes_are_kept(self, user):
        client = sign_in("applicant")
        answer = client.post("/told/wishes/", FORM | {"ways": ["by_sms", "by_call"], "shared": "no"}, follow=True)
        assert "已保存" in text_of(answer)
        wish = Wish.objects.get(user=user)
        assert (wish.by_sms, wish.by_call, wish.by_paper, wish.shared) == (True, True, False, False)

    def test_the_page_says_that_notices_are_no_service(self, user):
        assert "不代替文书的送达" in text_of(sign_in("applicant").get("/told/wishes/"))

    def test_mail_without_an_address_is_refused_at_its_field_and_nothing_is_lost(self, user):
        answer = sign_in("applicant").post("/told/wishes/", FORM | {"ways": ["by_email", "by_paper"]})
        assert answer.status_code == 422
        page = text_of(answer)
        assert "请先在下面填写电子邮件地址" in page
        assert page.count("checked") >= 3

    def test_an_address_is_given_and_proved_page_by_page(self, user, gateways):
        client = sign_in("applicant")
        answer = client.post("/told/wishes/email/", {"value": "someone@example.com"})
        assert answer["Location"] == "/told/wishes/email/code/"
        assert client.post("/told/wishes/email/code/", {"code": "12"}).status_code == 422
        answer = client.post("/told/wishes/email/code/", {"code": code_sent(gateways)}, follow=True)
        assert "已核对" in text_of(answer)

    def test_a_wrong_address_is_refused_at_its_field(self, user):
        answer = sign_in("applicant").post("/told/wishes/sms/", {"value": "12345"})
        assert answer.status_code == 422
        assert "请输入11位手机号码" in text_of(answer)

    def test_a_channel_this_site_has_not_is_not_found(self, user, settings):
        settings.TELL_GATEWAYS = {}
        assert sign_in("applicant").get("/told/wishes/sms/").status_code == 404
        assert sign_in("applicant").get("/told/wishes/pigeon/").status_code == 404

    def test_codes_are_few_an_hour(self, user):
        client = sign_in("applicant")
        answers = [client.post("/told/wishes/email/", {"value": "no"}).status_code for _time in range(6)]
        assert answers == [422] * 5 + [429]
