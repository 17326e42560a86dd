"""Which files may be destroyed, and what keeps one; the clock proposes what is due."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archives import closing
from archives.erasing import law_holds
from archives.erasing.walking import walk
from archives.models import Erasure, FiledCase, Hold, Volume
from archives.models.erasures import OPEN

# assumed: what two people kept after all is looked at again a year later.
DAYS_UNTIL_ASKED_AGAIN = 365
PROPOSED_A_RUN, LOOKED_AT_A_RUN = 500, 2000
HOUR = 3600  # seconds
WHY: dict[str, Promise] = {
    "not_due": _("保管期限没有满，或者应当永久保管。"),
    "held": _("本卷已经暂缓销毁。"),
    "law_held": _("卷内有依法保全的申请，保全期间不能销毁。"),
    "not_closed": _("卷内有的申请又在办理，不能销毁。"),
    "elsewhere": _("卷内有的申请还在另一卷里，那一卷的保管期限没有满。"),
}


def why_kept(volume: Volume, at: datetime) -> str:
    """The code (WHY) of what keeps a file; "" where it may be destroyed."""
    on = timezone.localdate(at)
    if volume.expires_on is None or volume.expires_on > on:
        return "not_due"
    if volume.holds.filter(lifted_at__isnull=True).exists():
        return "held"
    cases = list(volume.cases.values_list("application", flat=True))
    if law_holds.held_cases(on).filter(pk__in=cases).exists():
        return "law_held"
    if closing.closed_cases(at).filter(pk__in=cases).count() < len(set(cases)):
        return "not_closed"
    return "elsewhere" if _still_kept(volume, cases, at) else ""


def propose(at: datetime) -> int:
    """Propose the files that may be destroyed, some an hour; how many. Those that have to stay are walked past."""
    if not cache.add(f"archives:proposed:{at:%Y%m%d%H}", True, HOUR):
        return 0
    bounds = {"most_done": PROPOSED_A_RUN, "most_seen": LOOKED_AT_A_RUN}
    return walk("volumes", _unproposed(at), lambda pk: _propose(pk, at), **bounds)


def _unproposed(at: datetime) -> QuerySet[Volume]:
    again = at - timedelta(days=DAYS_UNTIL_ASKED_AGAIN)
    mine = Erasure.objects.filter(volume=OuterRef("pk"))
    known = mine.filter(Q(state__in=[*OPEN, "erased"]) | Q(state="dropped", dropped_at__gt=again))
    held = Hold.objects.filter(volume=OuterRef("pk"), lifted_at__isnull=True)
    return Volume.objects.filter(expires_on__lte=timezone.localdate(at)).exclude(Exists(known)).exclude(Exists(held))


def _propose(pk: int, at: datetime) -> int:
    volume = Volume.objects.get(pk=pk)
    if why_kept(volume, at):
        return 0
    try:
        with transaction.atomic():
            Erasure.objects.create(volume=volume, proposed_at=at)
    except IntegrityError:
        return 0
    return 1


def _still_kept(volume: Volume, cases: list[int], at: datetime) -> bool:
    other = FiledCase.objects.filter(application__in=cases).exclude(volume=volume)
    kept = Q(volume__expires_on__isnull=True) | Q(volume__expires_on__gt=timezone.localdate(at))
    return other.filter(kept).exists()
