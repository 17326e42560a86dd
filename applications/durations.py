"""How long cases really take: counted each night per scheme, county and prefecture, shown before one applies."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from math import ceil
from operator import itemgetter

from django.db import transaction
from django.utils import timezone

from applications.models import Application, Correction, Duration
from people.models import Division
from workflows.models import CalendarDay

# Of fewer cases a number would tell of persons rather than of an office.
FEWEST_CASES = 5
YEAR = timedelta(days=365)


def count_durations(at: datetime) -> int:
    """Count the cases decided in the twelve months before today anew, once a day; the number of rows written."""
    today = timezone.localdate(at)
    if Duration.objects.filter(counted_on=today).exists():
        return 0
    rows = [_row(scheme, place, days, today) for (scheme, place), days in _days_by_place(today).items()]
    with transaction.atomic():
        Duration.objects.all().delete()
        Duration.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def duration_for(scheme: str, division: Division | None) -> Duration | None:
    """What is known where the reader lives: the county's cases, else the prefecture's; None where they are too few."""
    if division is None:
        return None
    places = [division.at_level("county"), division.at_level("prefecture")]
    found = Duration.objects.filter(scheme_code=scheme, division__in=places, cases__gte=FEWEST_CASES)
    known = {row.division_id: row for row in found.select_related("division")}
    return next((known[place] for place in places if place in known), None)


def _days_by_place(today: date) -> dict[tuple[str, str], list[int]]:
    """Working days of each decided case, under its county and under its prefecture."""
    counter, places = _WorkingDays(), {division.pk: division for division in Division.objects.all()}
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    corrections = _corrections(today)
    for pk, scheme, division, filed, decided in _decided(today):
        days = counter.between(filed, decided) - sum(counter.between(*days) for days in corrections.get(pk, ()))
        for level in ("county", "prefecture"):
            place = places[division].at_level(level)
            if place:
                found[scheme, place].append(max(0, days))
    return found


def _decided(today: date) -> Iterable[tuple[int, str, str, datetime, datetime]]:
    since = timezone.make_aware(datetime.combine(today - YEAR, datetime.min.time()))
    cases = Application.objects.filter(decided_at__gte=since, submitted_at__isnull=False, division__isnull=False)
    own = cases.filter(origin=Application.Origin.ON_APPLICATION)
    return own.values_list("pk", "scheme_code", "division_id", "submitted_at", "decided_at").iterator(chunk_size=2000)


def _corrections(today: date) -> dict[int, list[tuple[datetime, datetime]]]:
    """From when to when each applicant was correcting: an office's time does not run then."""
    since = timezone.make_aware(datetime.combine(today - 2 * YEAR, datetime.min.time()))
    answered = Correction.objects.filter(answered_at__isnull=False, asked_at__gte=since).order_by("application_id")
    rows = answered.values_list("application_id", "asked_at", "answered_at").iterator(chunk_size=2000)
    return {case: [(asked, back) for _case, asked, back in group] for case, group in groupby(rows, itemgetter(0))}


def _row(scheme: str, place: str, days: list[int], today: date) -> Duration:
    ordered = sorted(days)
    return Duration(
        scheme_code=scheme,
        division_id=place,
        cases=len(ordered),
        half=share_within(ordered, 50),
        nine_tenths=share_within(ordered, 90),
        counted_on=today,
    )


def share_within(ordered: list[int], percent: int) -> int:
    """The fewest days within which that share of the cases was decided (nearest rank); `ordered` is not empty."""
    return ordered[max(1, ceil(len(ordered) * percent / 100)) - 1]


class _WorkingDays:
    """All loaded working days in order: counting between two is two look-ups."""

    def __init__(self) -> None:
        self.days = list(CalendarDay.objects.filter(working=True).order_by("date").values_list("date", flat=True))

    def between(self, start: datetime, end: datetime) -> int:
        """Working days after the first day up to and including the last."""
        return self._until(end) - self._until(start)

    def _until(self, moment: datetime) -> int:
        return bisect_right(self.days, timezone.localdate(moment))
