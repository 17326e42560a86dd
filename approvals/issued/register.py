"""发文登记簿: every number of an office, by series and year, without gaps; voided ones stay in it."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals.issued import access
from papers.models import Paper
from people.models import Office, User
from people.refusals import NotFound
from people.spreadsheets import harmless

PAGE = 50
MOST_EXPORTED = 20_000
LONGEST_NUMBER = 60
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Wanted:
    """Which part of the register: an office, a year, a series ("" for all) and part of a number ("" for all)."""

    office: Office
    year: int
    series: str = ""
    number: str = ""


@dataclass(frozen=True)
class Series:
    """One series of numbers in a year: how many were given, how many are void, and the highest."""

    series: str
    count: int
    void: int
    highest: int

    @property
    def gapless(self) -> bool:
        """Whether every number from 1 on is there."""
        return self.count == self.highest


def office_for(user: User, pk: int | None, at: datetime) -> Office:
    """The user's office of that key, or their first. Raises NotFound."""
    offices = access.offices_of(user, at)
    found = next((office for office in offices if pk is None or office.pk == pk), None)
    if found is None:
        raise NotFound()
    return found


def series_of(wanted: Wanted) -> list[Series]:
    """The series of an office in a year."""
    found = Paper.objects.filter(office=wanted.office, year=wanted.year).values("series").order_by("series")
    counted = found.annotate(count=Count("pk"), void=Count("pk", filter=Q(status="void")), highest=Max("sequence"))
    return [Series(**row) for row in counted]


def years_of(office: Office) -> list[int]:
    """The years in which an office issued papers, the latest first."""
    years = Paper.objects.filter(office=office).order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


def page(wanted: Wanted, after: tuple[str, int] | None) -> tuple[list[Paper], bool]:
    """A page of the register in the order of the numbers; whether there are more. `after`: the last one seen."""
    found = _found(wanted)
    if after is not None:
        found = found.filter(Q(series__gt=after[0]) | Q(series=after[0], sequence__gt=after[1]))
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def _found(wanted: Wanted) -> QuerySet[Paper]:
    papers = Paper.objects.filter(office=wanted.office, year=wanted.year).order_by("series", "sequence")
    if wanted.series:
        papers = papers.filter(series=wanted.series)
    return papers.filter(number__contains=wanted.number) if wanted.number else papers


def as_csv(wanted: Wanted) -> tuple[bytes, int]:
    """The register as a file for spreadsheets, and how many numbers are in it. What is too much is left off."""
    rows = list(_found(wanted)[:MOST_EXPORTED])
    file = io.StringIO()
    writer = csv.writer(file)
    heads = (_("发文字号"), _("文书种类"), _("事项"), _("收件人"), _("成文日期"), _("状态"), _("送达日期"))
    writer.writerow([harmless(str(head)) for head in heads])
    for paper in rows:
        writer.writerow([harmless(cell) for cell in _cells(paper)])
    return (BYTE_ORDER_MARK + file.getvalue()).encode(), len(rows)


def _cells(paper: Paper) -> tuple[str, ...]:
    return (
        paper.number,
        str(paper.get_kind_display()),
        paper.public_title,
        paper.addressee_masked,
        f"{timezone.localdate(paper.issued_at):%Y-%m-%d}",
        str(paper.get_status_display()),
        f"{paper.served_on:%Y-%m-%d}" if paper.served_on else "",
    )
