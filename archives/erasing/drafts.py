"""Drafts that were never filed: their owner is told, and some time later they are erased.

assumed: half a year without a change, thirty days after the warning; no text of ours says how long a draft is kept, and
个人信息保护法 art. 19 asks for the shortest time that is needed.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, ProtectedError, QuerySet
from django.utils import timezone

from applications import door
from applications.door import Case
from applications.models import Application
from applications.states import State
from archives.erasing import destroying, held_drafts, law_holds
from archives.erasing.walking import walk
from archives.models import DraftWarning

log = logging.getLogger(__name__)
DAYS_UNTOUCHED = 180
DAYS_WARNED = 30
DRAFTS_A_RUN, DRAFTS_LOOKED_AT = 200, 2000
HOUR = 3600  # seconds


def warn(at: datetime) -> int:
    """Tell the owners of drafts nobody goes on with; how many. Looked for once an hour."""
    if not cache.add(f"drafts:warned:{at:%Y%m%d%H}", True, HOUR):
        return 0
    DraftWarning.objects.filter(application__saved_at__gt=F("warned_at")).delete()
    old = _drafts(at).filter(saved_at__lte=at - timedelta(days=DAYS_UNTOUCHED), draft_warning__isnull=True)
    return _walk("warn", old, lambda pk: _warn(pk, at))


def erase(at: datetime) -> int:
    """Erase the drafts whose owners were warned long enough ago and did not go on; how many."""
    over = _drafts(at).filter(draft_warning__erase_at__lte=at, draft_warning__warned_at__gte=F("saved_at"))
    return _walk("erase", over, lambda pk: erase_one(pk, at))


def erase_one(pk: int, at: datetime) -> int:
    """Erase one draft, if it still is one that may go."""
    with door.open_locked(pk, None, user=None, at=at) as case:
        warning = DraftWarning.objects.filter(application=case.application).first()
        due = warning and warning.erase_at <= at and warning.warned_at >= case.application.saved_at
        return destroy_draft(case) if due and may_go(case) else 0


def may_go(case: Case) -> bool:
    """Whether it is a draft still, and no hold by law keeps it."""
    draft = case.application
    return draft.state == State.DRAFT and not held_drafts.is_held(draft, timezone.localdate(case.at))


def destroy_draft(case: Case) -> int:
    """Destroy a draft inside its door: key, files and, where nothing else rests on it, the row itself.

    Whoever decides that it may go asks `may_go` first; what is destroyed again after a restore had that answer then.
    """
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


def _drafts(at: datetime) -> QuerySet[Application]:
    """What applicants began and no hold keeps; drafts of offices' own proceedings are the offices' matter."""
    mine = Application.objects.filter(state=State.DRAFT, origin=Application.Origin.ON_APPLICATION)
    held = law_holds.held_cases(timezone.localdate(at))
    return mine.filter(data_key__destroyed_at__isnull=True).exclude(pk__in=held.values("pk"))


def _walk(what: str, rows: QuerySet[Application], act: Callable[[int], int]) -> int:
    return walk(f"drafts:{what}", rows, act, most_done=DRAFTS_A_RUN, most_seen=DRAFTS_LOOKED_AT)


def _warn(pk: int, at: datetime) -> int:
    with door.open_locked(pk, None, user=None, at=at) as case:
        if case.application.saved_at > at - timedelta(days=DAYS_UNTOUCHED) or not may_go(case):
            return 0
        erase_at = at + timedelta(days=DAYS_WARNED)
        _row, new = DraftWarning.objects.get_or_create(
            application=case.application, defaults={"warned_at": at, "erase_at": erase_at}
        )
        if new:
            case.record("draft.warned", days=DAYS_WARNED)
    return int(new)
