"""Lists of waivers for officials, within the cases they may see, a page at a time from a known row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals import scope
from benefits.models import Waiver
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
    "ended": _("已终止的"),
}
State = Waiver.State


@dataclass(frozen=True)
class Page:
    """Rows of a list, and the number of the last where more follow (0 else)."""

    rows: list[Waiver]
    after: int


def _check_due(waivers: QuerySet[Waiver], at: datetime) -> QuerySet[Waiver]:
    return waivers.filter(state=State.IN_FORCE, check_due__lte=timezone.localdate(at) + TOLD_BEFORE)


LISTS: dict[str, Callable[[QuerySet[Waiver], datetime], QuerySet[Waiver]]] = {
    "in_force": lambda waivers, _at: waivers.filter(state=State.IN_FORCE),
    "pending": lambda waivers, _at: waivers.filter(state=State.AGREEMENT_PENDING),
    "refund": lambda waivers, _at: with_open_refund(waivers),
    "check": _check_due,
    "changed": lambda waivers, _at: waivers.filter(
        state=State.IN_FORCE, pk__in=waivers.filter(changes__isnull=False, changes__answer__isnull=True).values("pk")
    ),
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


def schemes_and_divisions(user: User, at: datetime) -> tuple[list[str], list[Division]]:
    """The schemes and the counties of the waivers the user may see, for the filter."""
    mine = Waiver.objects.filter(application__in=scope.visible_cases(user, at))
    codes = sorted(set(mine.values_list("application__scheme_code", flat=True)))
    places = Division.objects.filter(pk__in=mine.values("application__division")).order_by("pk")
    return codes, list(places)
