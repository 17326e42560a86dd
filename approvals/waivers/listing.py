"""Lists of waivers for officials, within the cases they may see, a page at a time from a known row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals import scope
from approvals.models import Proceeding
from benefits.models import Waiver, WaiverChangeAnswer, WaiverCheck
from benefits.models.kinds import WAIVER_OVER
from benefits.waivers.clock import TOLD_BEFORE
from benefits.waivers.refunds import with_open_refund
from people.areas import inside
from people.models import Division, User

A_PAGE = 50
TITLES: dict[str, Promise] = {
    "in_force": _("生效的"),
    "pending": _("待签协议的"),
    "refund": _("退款未完的"),
    "check": _("要年检的"),
    "changed": _("有变更待处理的"),
    "revival": _("发现恢复缴纳情形、要立案的"),
    "ended": _("已终止的"),
}
State, Result = Waiver.State, WaiverChangeAnswer.Result


@dataclass(frozen=True)
class Page:
    """Rows of a list, and the number of the last where more follow (0 else)."""

    rows: list[Waiver]
    after: int


def _check_due(waivers: QuerySet[Waiver], at: datetime) -> QuerySet[Waiver]:
    return waivers.filter(state=State.IN_FORCE, check_due__lte=timezone.localdate(at) + TOLD_BEFORE)


def _to_revive(waivers: QuerySet[Waiver], _at: datetime) -> QuerySet[Waiver]:
    """A ground for revival was found at the last check, or by a change, and nobody has taken it up."""
    last = WaiverCheck.objects.filter(waiver=OuterRef("pk")).order_by("-pk")
    answered = WaiverChangeAnswer.objects.filter(change__waiver=OuterRef("pk"), result=Result.REVIVAL)
    revivals = Proceeding.objects.filter(kind="revive")
    later = revivals.filter(about=OuterRef("change__waiver__application"), opened_at__gte=OuterRef("answered_at"))
    open_ones = revivals.filter(about=OuterRef("application"), closed_at__isnull=True)
    looked = revivals.filter(about=OuterRef("application")).order_by("-pk")
    found = waivers.filter(~Exists(open_ones), state=State.IN_FORCE).annotate(
        last_result=Subquery(last.values("result")[:1]),
        last_checked=Subquery(last.values("checked_at")[:1]),
        last_looked=Subquery(looked.values("opened_at")[:1]),
    )
    checked = Q(last_result=WaiverCheck.Result.REVIVAL)
    unseen = Q(last_looked__isnull=True) | Q(last_looked__lt=F("last_checked"))
    changed = answered.filter(~Exists(later))
    return found.filter(checked & unseen | Exists(changed))


LISTS: dict[str, Callable[[QuerySet[Waiver], datetime], QuerySet[Waiver]]] = {
    "in_force": lambda waivers, _at: waivers.filter(state=State.IN_FORCE),
    "pending": lambda waivers, _at: waivers.filter(state=State.AGREEMENT_PENDING),
    "refund": lambda waivers, _at: with_open_refund(waivers),
    "check": _check_due,
    "changed": lambda waivers, _at: waivers.filter(
        state=State.IN_FORCE, pk__in=waivers.filter(changes__isnull=False, changes__answer__isnull=True).values("pk")
    ),
    "revival": _to_revive,
    "ended": lambda waivers, _at: waivers.filter(state__in=WAIVER_OVER),
}


def page_of(user: User, which: str, at: datetime, *, scheme: str = "", division: str = "", after: int = 0) -> Page:
    """The newest first. Raises KeyError for a list that is not known."""
    waivers = Waiver.objects.filter(application__in=scope.visible_cases(user, at))
    if scheme:
        waivers = waivers.filter(application__scheme_code=scheme)
    if division:
        waivers = waivers.filter(inside("application__division", {division}))
    if after:
        waivers = waivers.filter(pk__lt=after)
    related = ("terms", "application__scheme_version", "application__subject", "application__division")
    found = LISTS[which](waivers, at).select_related(*related).order_by("-pk")
    rows = list(found[: A_PAGE + 1])
    more = len(rows) > A_PAGE
    return Page(rows[:A_PAGE], rows[A_PAGE - 1].pk if more else 0)


def to_revive(user: User, at: datetime) -> int:
    """How many waivers the user may see wait for a case about their revival."""
    return _to_revive(Waiver.objects.filter(application__in=scope.visible_cases(user, at)), at).count()


def schemes_and_divisions(user: User, at: datetime) -> tuple[list[str], list[Division]]:
    """The schemes and the counties of the waivers the user may see, for the filter."""
    mine = Waiver.objects.filter(application__in=scope.visible_cases(user, at))
    codes = sorted(set(mine.values_list("application__scheme_code", flat=True)))
    places = Division.objects.filter(pk__in=mine.values("application__division")).order_by("pk")
    return codes, list(places)
