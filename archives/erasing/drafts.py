"""Drafts that were never filed: their owner is told, and some time later they are erased.

assumed: half a year without a change, thirty days after the warning; no text of ours says how long a draft is kept, and
个人信息保护法 art. 19 asks for the shortest time that is needed.
"""

import logging
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, ProtectedError, QuerySet

from applications import door
from applications.door import Case
from applications.models import Application
from applications.states import State
from archives.erasing import destroying
from archives.models import DraftWarning

log = logging.getLogger(__name__)
DAYS_UNTOUCHED = 180
DAYS_WARNED = 30
DRAFTS_A_RUN = 200
HOUR = 3600  # seconds


def warn(at: datetime) -> int:
    """Tell the owners of drafts nobody goes on with; how many. Looked for once an hour."""
    if not cache.add(f"drafts:warned:{at:%Y%m%d%H}", True, HOUR):
        return 0
    DraftWarning.objects.filter(application__saved_at__gt=F("warned_at")).delete()
    old = _drafts().filter(saved_at__lte=at - timedelta(days=DAYS_UNTOUCHED), draft_warning__isnull=True)
    return sum(_warn(public_id, at) for public_id in _first(old))


def erase(at: datetime) -> int:
    """Erase the drafts whose owners were warned long enough ago and did not go on; how many."""
    over = _drafts().filter(draft_warning__erase_at__lte=at, draft_warning__warned_at__gte=F("saved_at"))
    return sum(erase_one(public_id, at) for public_id in _first(over))


def erase_one(public_id: str, at: datetime) -> int:
    """Erase one draft, if it still is one that may go."""
    with door.open_case(public_id, user=None, at=at) as case:
        warning = DraftWarning.objects.filter(application=case.application).first()
        due = warning and warning.erase_at <= at and warning.warned_at >= case.application.saved_at
        return destroy_draft(case) if due and case.application.state == State.DRAFT else 0


def destroy_draft(case: Case) -> int:
    """Destroy a draft inside its door: key, files and, where nothing else rests on it, the row itself."""
    application = case.application
    if destroying.is_destroyed(application):
        return 0
    destroying.destroy(case, "draft.erased")
    DraftWarning.objects.filter(application=application).delete()
    try:
        with transaction.atomic():
            application.attachments.all().delete()
            Application.objects.filter(pk=application.pk).delete()
    except ProtectedError:
        log.info("the row of draft %s stays: another row names it", application.public_id)
    return 1


def _drafts() -> QuerySet[Application]:
    """What applicants began; drafts of offices' own proceedings are the offices' matter."""
    mine = Application.objects.filter(state=State.DRAFT, origin=Application.Origin.ON_APPLICATION)
    return mine.filter(data_key__destroyed_at__isnull=True)


def _first(rows: QuerySet[Application]) -> list[str]:
    return list(rows.order_by("saved_at", "pk").values_list("public_id", flat=True)[:DRAFTS_A_RUN])


def _warn(public_id: str, at: datetime) -> int:
    with door.open_case(public_id, user=None, at=at) as case:
        due = case.application.saved_at <= at - timedelta(days=DAYS_UNTOUCHED)
        if case.application.state != State.DRAFT or not due:
            return 0
        erase_at = at + timedelta(days=DAYS_WARNED)
        _row, new = DraftWarning.objects.get_or_create(
            application=case.application, defaults={"warned_at": at, "erase_at": erase_at}
        )
        if new:
            case.record("draft.warned", days=DAYS_WARNED)
    return int(new)
