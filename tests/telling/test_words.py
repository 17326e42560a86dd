"""What leaves the site says nothing of a disability, a scheme, a sum or a name, and fits a text message."""

from datetime import date
from string import Formatter

import pytest

from telling import words
from telling.kinds import all_kinds
from telling.models import Notice

FORBIDDEN = (
    "残", "障", "盲", "聋", "哑", "精神", "智力", "肢体", "病", "护理", "补贴", "补助", "津贴", "救助", "低保",
    "困难", "减免", "彩票", "公益金", "渐退", "求职", "助学", "康复", "辅具", "元", "万", "金额",
    "disab", "handicap", "blind", "deaf", "mental", "illness", "care ", "subsid", "allowance", "grant", "benefit",
    "poor", "poverty", "relief", "welfare", "lottery", "yuan", "rmb", "cny", "sum ", "money", "phase",
)  # fmt: skip
ALLOWED = {"tail", "day", "phone", "site", "count", "code", "link"}
# A link does not fit a text message, and is never sent by one.
BY_MAIL_ONLY = {"password_link"}
LANGUAGES = ("zh-hans", "en")
VALUES = {
    "tail": "9999",
    "day": words.day_words(date(2026, 12, 31), "zh-hans"),
    "title": "某事项",
    "number": "MZ20260001",
    "code": "123456",
    "hours": "24",
    "link": "https://zhida.example.gov.cn/accounts/password/reset/link/?key=0123456789abcdef0123456789abcdef",
}
FRAMES = ("neutral", "neutral_unnumbered", "several", "contact", "mail_end")
LEAVING = [code for code, one in all_kinds().items() if one.out_zh]


def said(code, language, *, shared):
    values = VALUES | {"day": words.day_words(date(2026, 12, 31), language)}
    return words.outgoing(all_kinds()[code], language, values, shared=shared)


@pytest.mark.parametrize("code", LEAVING)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shared", [True, False])
def test_no_message_says_a_forbidden_word(code, language, shared):
    text = said(code, language, shared=shared).lower()
    assert [word for word in FORBIDDEN if word in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_do_the_words_around_them(language):
    texts = [
        all_kinds()[code].site_text(language, VALUES | {"phone": "12345", "site": "", "count": "2"}) for code in FRAMES
    ]
    texts += [words.several(9, language), words.mail_subject("9999", language), words.mail_subject("", language)]
    assert [(word, text) for word in FORBIDDEN for text in texts if word in text.lower()] == []


@pytest.mark.parametrize("code", LEAVING)
def test_no_message_has_a_place_for_a_name_a_title_or_a_sum(code):
    one = all_kinds()[code]
    places = {name for text in (one.out_zh, one.out_en) for _text, name, _spec, _how in Formatter().parse(text) if name}
    assert places <= ALLOWED


@pytest.mark.parametrize("code", sorted(set(LEAVING) - BY_MAIL_ONLY))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_message_fits(code, language):
    for shared in (True, False):
        assert words.parts(said(code, language, shared=shared)) <= words.SMS_PARTS[language]


def test_on_a_shared_phone_all_kinds_say_the_same():
    texts = {said(code, "zh-hans", shared=True) for code in LEAVING if not all_kinds()[code].asked}
    assert texts == {"您办理的事项（尾号9999）有新进展。请登录查看或拨打12345。"}


@pytest.mark.parametrize("code", sorted(all_kinds()))
def test_every_kind_speaks_both_languages(code):
    one = all_kinds()[code]
    assert one.zh
    assert one.en
    assert bool(one.out_zh) == bool(one.out_en)
    assert one.zh != one.en
    assert one.version >= 1


def test_no_event_is_told_as_two_kinds():
    events = [event for one in all_kinds().values() for event in one.events]
    assert len(events) == len(set(events))


def test_a_long_text_has_several_parts(settings):
    settings.SMS_SIGN = "直达"
    assert words.parts("字" * 66) == 1
    assert words.parts("字" * 67) == 2


def test_the_codes_of_kinds_fit_their_column():
    assert max(len(code) for code in all_kinds()) <= Notice._meta.get_field("kind").max_length
