"""The words of a notice: what the site says, what leaves it, and how long a text message is."""

from collections.abc import Mapping
from datetime import date
from math import ceil

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from telling.kinds import Kind, kind

# A text message in Chinese: 70 characters alone, 67 where it has several parts (GSM 03.40, UCS-2).
ONE_PART, OF_SEVERAL = 70, 67
SMS_PARTS = {"zh-hans": 1, "en": 2}


def day_words(day: date, language: str) -> str:
    """A day as people say it."""
    with translation.override(language):
        return date_format(day, "DATE_FORMAT")


def parts(text: str) -> int:
    """How many parts a text message has, the sender's sign included."""
    length = len(f"【{settings.SMS_SIGN}】{text}")
    return 1 if length <= ONE_PART else ceil(length / OF_SEVERAL)


def outgoing(told: Kind, language: str, values: Mapping[str, str], *, shared: bool) -> str:
    """What leaves the site, for somebody who alone reads it; for others that there is news, and no more."""
    if told.asked:
        return told.out_text(language, values)
    if shared:
        told = kind("neutral" if values["tail"] else "neutral_unnumbered")
        return _with_contact(told.site_text(language, values), language)
    return _with_contact(told.out_text(language, values), language)


def several(count: int, language: str) -> str:
    """What leaves the site when so many notices wait for one person."""
    return _with_contact(kind("several").site_text(language, {"count": str(count)}), language)


def mail_body(text: str, language: str) -> str:
    """A message with what a mail needs besides."""
    return f"{text}\n\n{kind('mail_end').site_text(language, {'site': settings.SITE_URL})}\n"


def mail_subject(tail: str, language: str) -> str:
    """The subject line: what a passer-by may read."""
    told = kind("neutral" if tail else "neutral_unnumbered")
    return told.site_text(language, {"tail": tail})


def _with_contact(text: str, language: str) -> str:
    space = " " if language == "en" else ""
    return text + space + kind("contact").site_text(language, {"phone": settings.HELP_PHONE})
