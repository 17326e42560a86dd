"""The milestones officials have to look at, within the cases they may see, a page at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals import scope
from approvals.models import Visit
from benefits.milestones.standing import late, near, open_milestones
from benefits.models import Milestone
from people.models import User

A_PAGE = 50
TITLES: dict[str, Promise] = {
    "near": _("快到期和已到期的"),
    "late": _("逾期没有报告的"),
    "reported": _("已报告，要安排核查的"),
    "checked": _("已核查，要确认的"),
    "open": _("全部未完成的"),
}


@dataclass(frozen=True)
class Page:
    """Rows of a list, and how many come before those of the next page (0: there is none)."""

    rows: list[Milestone]
    after: int


def _checked() -> Exists:
    made = Visit.objects.filter(of_milestone__milestone=OuterRef("pk"), state=Visit.State.MADE, ruling__isnull=True)
    return Exists(made)


LISTS: dict[str, Callable[[QuerySet[Milestone], datetime], QuerySet[Milestone]]] = {
    "near": lambda rows, at: rows.filter(near(at)),
    "late": lambda rows, at: rows.filter(late(at)),
    "reported": lambda rows, _at: rows.filter(~_checked(), state=Milestone.State.REPORTED),
    "checked": lambda rows, _at: rows.filter(_checked(), state=Milestone.State.REPORTED),
    "open": lambda rows, _at: rows,
}


def page_of(user: User, which: str, at: datetime, after: int = 0) -> Page:
    """The next due first. Raises KeyError for a list that is not known."""
    rows = open_milestones().filter(application__in=scope.visible_cases(user, at))
    related = ("application__scheme_version", "application__subject", "application__organisation")
    found = LISTS[which](rows, at).select_related(*related).order_by("due_on", "pk")
    listed = list(found[after : after + A_PAGE + 1])
    return Page(listed[:A_PAGE], after + A_PAGE if len(listed) > A_PAGE else 0)
