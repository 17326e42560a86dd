"""The remedy clock 救济期限: until when a person can ask for review or sue, counted from the day of service.

行政复议法 第二十条 and 行政诉讼法 第四十六条 count from the day one knew, or had to know, of the act: that is the day
of service on record. The days and months are those frozen in the paper itself, never those of a later policy.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from papers import reading
from papers.models import Paper
from people import vault
from people.day_words import day_in_words
from workflows import calendar

REMEDY = "remedy"


@dataclass(frozen=True)
class RemedyUntil:
    """The last days of a paper's remedies; None for one that the paper does not name or that has not begun to run.

    `named`: the paper names a remedy with days or months at all.
    """

    named: bool
    review: date | None = None
    suit: date | None = None

    @property
    def runs(self) -> bool:
        """Whether the clock has begun."""
        return self.review is not None or self.suit is not None

    def over(self, today: date) -> bool:
        """Whether every named remedy has run out."""
        return self.runs and max(day for day in (self.review, self.suit) if day) < today


def remedy_until(paper: Paper) -> RemedyUntil:
    """Until when the paper can be contested. A paper that cannot be opened names nothing."""
    try:
        terms = reading.content(paper).machine.get(REMEDY, {})
    except (vault.VaultError, reading.Altered):
        terms = {}
    days, months = terms.get("review_days"), terms.get("suit_months")
    if paper.served_on is None:
        return RemedyUntil(bool(days or months))
    return RemedyUntil(
        bool(days or months),
        _moved(calendar.add_natural_days(paper.served_on, days)) if days else None,
        _moved(months_after(paper.served_on, months)) if months else None,
    )


def in_words(paper: Paper) -> str:
    """The last days as a story tells them; "" where no clock runs."""
    until = remedy_until(paper)
    told = [
        text % {"day": day_in_words(day)}
        for text, day in ((_("申请行政复议最迟%(day)s"), until.review), (_("提起行政诉讼最迟%(day)s"), until.suit))
        if day is not None
    ]
    return _("，").join(told)


def months_after(day: date, months: int) -> date:
    """The same day so many months on; the last day of a month that is too short (民法典 第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _moved(last: date) -> date:
    """A last day on a holiday moves to the next working day, where the calendar of that year is known.

    Where it is not, the earlier day stands: it can only make somebody act in good time.
    """
    try:
        return calendar.next_working_day(last)
    except calendar.CalendarMissing:
        return last


def is_over(paper: Paper, at: datetime) -> bool:
    """Whether the paper can no longer be contested at that time."""
    return remedy_until(paper).over(timezone.localdate(at))
