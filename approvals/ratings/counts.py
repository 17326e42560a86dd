"""How offices and schemes are rated, in numbers that point at nobody: fewer than five are not told apart."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from approvals.models import Rating
from approvals.ratings.rating import BAD
from people.models import Office
from schemes.models import current_version

# assumed: the usual least number of small statistics; below it a row says only that there were few.
FEWEST = 5


@dataclass(frozen=True)
class Counted:
    """One office or scheme: how many ratings, and of a hundred how many were content; None where there were few."""

    label: str
    total: int | None
    content: int | None


def by_office(ratings: QuerySet[Rating]) -> list[Counted]:
    """The ratings of each office."""
    rows = _counted(ratings, "office")
    offices = Office.objects.in_bulk([key for key, _total, _bad in rows])
    return _shown(rows, lambda key: offices[key].label)


def by_scheme(ratings: QuerySet[Rating]) -> list[Counted]:
    """The ratings of each scheme."""
    return _shown(_counted(ratings, "application__scheme_code"), _title)


def _title(code: str) -> str:
    version = current_version(code)
    return str(version.definition.title) if version else code


def _counted(ratings: QuerySet[Rating], column: str) -> list[tuple]:
    bad = Count("pk", filter=Q(level__in=BAD))
    return list(ratings.order_by(column).values_list(column).annotate(total=Count("pk"), bad=bad))


def _shown(rows: Iterable[tuple], label: Callable[..., str]) -> list[Counted]:
    return [
        Counted(label(key), total, 100 * (total - bad) // total) if total >= FEWEST else Counted(label(key), None, None)
        for key, total, bad in rows
    ]
