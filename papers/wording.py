"""How papers write days, months and the names of offices, in Chinese and in their translation."""

from datetime import date, datetime
from typing import TypedDict

from django.utils import timezone, translation
from django.utils.formats import date_format

from people.models import Division, Office
from schemes.texts import LocalText

IN_ENGLISH = {"day": "j F Y", "month": "F Y"}


def on_paper(day: date | datetime | None) -> str:
    """A day as a Chinese paper writes it: 2026年3月12日."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    return f"{day.year}年{day.month}月{day.day}日"


def month_on_paper(month: str) -> str:
    """A month "2026-12" as a Chinese paper writes it: 2026年12月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def day_in_words(day: date | datetime | None) -> LocalText:
    """A day as the letter and its translation write it: 2026年3月12日, 12 March 2026."""
    return LocalText(zh=on_paper(day), en=_in_english(day, "day"))


def month_in_words(month: str) -> LocalText:
    """A month "2026-12" as the letter and its translation write it: 2026年12月, December 2026."""
    return LocalText(zh=month_on_paper(month), en=_in_english(date.fromisoformat(f"{month}-01"), "month"))


def _in_english(day: date | datetime | None, part: str) -> str:
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    with translation.override("en"):
        return date_format(day, IN_ENGLISH[part]) if day else ""


def named(place: Office | Division) -> LocalText:
    """What an office or a division is called; in English by its Chinese name where it has no other."""
    return LocalText(zh=place.name, en=place.name_en or place.name)


def signer_of(office: Office) -> Office:
    """In whose name an office signs: a township entrusted by the county signs in the county's."""
    return office.signs_for or office


class Letterhead(TypedDict):
    """Who issues a paper: the parts of its content that are the same on every paper of an office that day."""

    organ: str
    organ_mark: str
    signer: str
    date: str
    contact: str


def letterhead(office: Office, at: datetime) -> Letterhead:
    """In whose name an office issues a paper today, and where it can be asked."""
    signer = signer_of(office)
    return Letterhead(
        organ=signer.name,
        organ_mark=signer.organ_mark,
        signer=signer.name,
        date=on_paper(at),
        contact=f"{office.name} {office.phone}".strip(),
    )
