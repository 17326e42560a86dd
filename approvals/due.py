"""How much time is left, in words: officials read days, not timestamps."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import calendar
from workflows.calendar import CalendarMissing

SOON = 2
OVERDUE, DUE_SOON, PAUSED, LATER = "overdue", "due_soon", "paused", ""
# The lights of a deadline; each has a shape of its own and stands beside its words.
LIGHTS = {OVERDUE: "red", DUE_SOON: "amber", LATER: "green", PAUSED: "grey"}


@dataclass(frozen=True)
class Due:
    """The last day, what to say of it, and a state for its colour ("" where no colour is called for)."""

    day: date
    words: str
    state: str

    @property
    def light(self) -> str:
        """The light beside the words: red, amber, green, or grey where the clock stands still."""
        return LIGHTS[self.state]


def due_of(due_at: datetime, at: datetime, *, paused: bool = False, reason: str = "") -> Due:
    """What to say of a deadline now. While the applicant corrects, the clock stands still.

    Where the calendar of a year is not loaded, the day alone is said.
    """
    day, today = timezone.localdate(due_at), timezone.localdate(at)
    if paused:
        return Due(day, _("%(reason)s，暂停计时") % {"reason": reason} if reason else _("等待补正，暂停计时"), PAUSED)
    try:
        left = calendar.working_days_between(today, day)
    except CalendarMissing:
        return Due(day, "", OVERDUE if due_at < at else LATER)
    if due_at < at:
        return Due(day, _overdue(-left), OVERDUE)
    return Due(day, _left(left, day == today), DUE_SOON if left <= SOON else LATER)


def soon_until(at: datetime) -> datetime:
    """Until when a deadline counts as near; without a calendar by plain days."""
    return calendar.about(at, SOON)


def _overdue(days: int) -> str:
    if days < 1:
        return _("已到期")
    return _("逾期1个工作日") if days == 1 else _("逾期%(days)s个工作日") % {"days": days}


def _left(days: int, today: bool) -> str:
    if today:
        return _("今天到期")
    if days < 1:
        return _("即将到期")
    return _("还剩1个工作日") if days == 1 else _("还剩%(days)s个工作日") % {"days": days}
