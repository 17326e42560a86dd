"""Telling whoever acts for an organisation of its letters of authority: the office's word, an end, a last day near.

An organisation has no address of its own on record: it is told through all who act for it, or filed for it.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.utils import translation

from applications.models import Application
from helping.models import LetterRuling, OrganisationLetter
from helping.organisations import standing
from schemes.texts import LocalText
from telling import outbox, recipients


def others(letter: OrganisationLetter, at: datetime) -> set[int]:
    """Who besides its holder acts for the organisation, or filed for it: accounts, by key."""
    held = standing.in_force(at).filter(organisation=letter.organisation_id)
    filed = Application.objects.filter(organisation=letter.organisation_id, by_organisation=True).order_by()
    found = set(held.values_list("holder", flat=True)) | set(filed.values_list("filed_by", flat=True).distinct())
    return found - {letter.holder_id}


def confirmed(letter: OrganisationLetter, before: Collection[int], now: Collection[int], at: datetime) -> None:
    """The letter counts. `before`, `now`: who acted for the organisation until then, and still does."""
    event = f"letter.confirmed:{letter.public_id}"
    _tell(event, "letter_confirmed", letter, [letter.holder_id], at, day=letter.ends)
    _tell(event, "letter_replaced", letter, set(before) - set(now), at)
    _tell(event, "letter_added", letter, set(before) & set(now), at)


def refused(ruling: LetterRuling, before: Collection[int], at: datetime) -> None:
    """The letter does not count, and why. `before`: who acts for the organisation."""
    letter, event = ruling.letter, f"letter.refused:{ruling.letter.public_id}"
    _tell_why(event, "letter_refused", ruling, [letter.holder_id], at)
    _tell_why(event, "letter_not_added", ruling, before, at)


def revoked(letter: OrganisationLetter, at: datetime) -> None:
    """The organisation took the authority back."""
    _tell(f"letter.revoked:{letter.public_id}", "letter_revoked", letter, [letter.holder_id], at)


def ends_soon(letter: OrganisationLetter, at: datetime) -> None:
    """The letter's last day is near."""
    _tell(f"letter.ends_soon:{letter.public_id}", "letter_ending", letter, [letter.holder_id], at, day=letter.ends)


def _tell(
    event: str, kind: str, letter: OrganisationLetter, people: Collection[int], at: datetime, day: date | None = None
) -> None:
    outbox.tell(event, kind, _about(letter, day), recipients.accounts(people), at)


def _tell_why(event: str, kind: str, ruling: LetterRuling, people: Collection[int], at: datetime) -> None:
    """The reason stands in the text, in the language of each."""
    by_language = defaultdict(list)
    for one in recipients.accounts(people):
        by_language[one.language].append(one)
    for language, some in by_language.items():
        with translation.override(language):
            reason = str(ruling.get_reason_display())
        outbox.tell(event, kind, _about(ruling.letter, None), some, at, reason=reason)


def _about(letter: OrganisationLetter, day: date | None) -> outbox.About:
    name = letter.organisation.name
    return outbox.About(letter.organisation.data_key, LocalText(zh=name, en=name), day=day)
