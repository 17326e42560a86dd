"""One true row of mandates, rosters, printed forms, oral applications and photos of notices."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from helping.models import Mandate, MandateEnd, NoticePhoto, OralReading, PaperForm, Villager, VillageRoster
from helping.oral import reading_back
from helping.paper_forms import making
from helping.posted import photos
from helping.standing import end_mandate, record_consent
from tests import stages, world
from tests.helping import authorised, village
from tests.helping.village import AT


def mandate() -> Mandate:
    """A mandate of the family."""
    helper = world.user("helper")
    return record_consent(helper, village.known(), village.oral(helper), AT)


def ended() -> MandateEnd:
    """A mandate the helper gave up."""
    return end_mandate(world.user("helper"), mandate(), AT)


def roster() -> VillageRoster:
    """A roster with nobody on it."""
    return village.roster()


def listed() -> Villager:
    """Somebody on a roster."""
    return village.villager(agreed=False)


def printed() -> PaperForm:
    """A form of a draft."""
    return making.make(village.clerk(), village.draft().public_id, AT)


def read_back() -> OralReading:
    """A draft that was read back."""
    said = reading_back.Said("见证人乙", "13800138000", village.HOW)
    return reading_back.keep(village.clerk(), village.draft().public_id, said, AT)


def photo() -> NoticePhoto:
    """A photo of a notice that hangs in a village."""
    case = stages.AT_STAGE["phase_out", "notice"]()
    notice = case.application.notices.get()
    sent = photos.Sent(village.picture(), timezone.localdate(notice.starts_at), "村委会公示栏")
    return photos.add(village.clerk(), notice.pk, sent, case.at)


NEW_ID = {"public_id": UUID(int=1)}
NOTHING_ALLOWED = dict.fromkeys(("may_apply", "may_follow", "may_correct", "may_receive"), False)
TWICE: dict[str, tuple[Callable[[], Model], dict[str, Any]]] = {
    "mandate_names_a_helper": (mandate, {"helper": None, **NEW_ID}),
    "mandate_of_offices_names_one": (mandate, {"kind": "village", **NEW_ID}),
    "mandate_allows_something": (mandate, {**NOTHING_ALLOWED, **NEW_ID}),
    "mandate_consent_is_proved": (mandate, {"has_witness": False, **NEW_ID}),
    "mandate_scan_is_whole": (mandate, {"stored": "mandates/x", **NEW_ID}),
    "mandate_names_its_text": (mandate, {"text_version": "", **NEW_ID}),
    "mandate_ends_after_start": (mandate, {"ends": AT.date() - timedelta(days=1), **NEW_ID}),
    "mandate_end_says_by_whom": (ended, {"by": "nobody"}),
    "letter_ends_after_start": (authorised.row, {"ends": authorised.AT.date() - timedelta(days=9), **NEW_ID}),
    "letter_has_its_scan": (authorised.row, {"sha256": "", **NEW_ID}),
    "letter_refused_with_a_reason": (authorised.ruled, {"confirmed": False}),
    "letter_end_says_how": (authorised.ended, {"how": "nobody"}),
    "paper_form_has_a_code": (printed, {"code": ""}),
    "oral_reading_names_what_was_read": (read_back, {"answers_sha256": ""}),
    "notice_photo_is_picture": (photo, {"content_type": "text/html", "sha256": "x", **NEW_ID}),
}
