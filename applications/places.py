"""Places of a year 名额 and how they are split: from which pool a place of a county is taken, and how large it is.

A county that was given places of its own takes these; all others share what is left of the quota. What a county took
before it was given its own counts to the rest. Policy may lower a quota below what was given to counties: then they
take what is left of it, first come, first served.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from applications.models import QuotaShare
from papers import numbering
from schemes.policies import ResolvedValue
from schemes.rules.windows import quota


@dataclass(frozen=True)
class Pool:
    """Places that are given one after the other: the counter of what is given, and how many there are."""

    key: str
    places: int
    # How many were given when that was asked for many pools at once; asked for when it is needed otherwise.
    known: int | None = None
    # The counter that is held before one is given, where more was given to counties than the quota has; "" elsewhere.
    first: str = ""

    @property
    def used(self) -> int:
        """How many are given."""
        return numbering.taken(self.key) if self.known is None else self.known

    @property
    def left(self) -> int:
        """How many can still be given."""
        return max(0, self.places - self.used)


def pool_for(scheme: str, value: ResolvedValue, lineage: Sequence[str], on: date) -> Pool:
    """The pool of a place, given by its codes from the top down to itself."""
    given = shares(scheme, value.division_code, on.year)
    own = next((code for code in reversed(lineage) if given.get(code)), None)
    if own is None:
        return rest(scheme, value, given, on.year)
    return _bounded(scheme, value, given, own, on.year)


def _bounded(scheme: str, value: ResolvedValue, given: dict[str, int], own: str, year: int) -> Pool:
    """The places of a county; no more than others left of the quota, which may be less by now than what was given."""
    holder, first = value.division_code, quota_key(scheme, value.division_code, year)
    others = [first, *(share_key(scheme, holder, code, year) for code in given if code != own)]
    left = quota(value.value) - sum(numbering.taken_each(others).values())
    places = max(0, min(given[own], left))
    lowered = sum(given.values()) > quota(value.value)
    return Pool(share_key(scheme, holder, own, year), places, first=first if lowered else "")


def rest(scheme: str, value: ResolvedValue, given: dict[str, int], year: int) -> Pool:
    """What is not given to any county."""
    places = max(0, quota(value.value) - sum(given.values()))
    return Pool(quota_key(scheme, value.division_code, year), places)


def shares(scheme: str, division: str, year: int) -> dict[str, int]:
    """What was given to each county of a quota, by its code."""
    return shares_of({scheme: division}, year)[scheme]


def shares_of(holders: Mapping[str, str], year: int) -> dict[str, dict[str, int]]:
    """The same of many schemes, each with the division that set its quota, in one query."""
    approved = QuotaShare.objects.filter(
        scheme_code__in=holders, division__in=set(holders.values()), year=year, state=QuotaShare.State.APPROVED
    )
    found: dict[str, dict[str, int]] = {scheme: {} for scheme in holders}
    rows = approved.order_by().values_list("scheme_code", "division", "to_division").annotate(Sum("places"))
    for scheme, division, county, places in rows:
        if holders[scheme] == division:
            found[scheme][county] = places
    return found


def quota_key(scheme: str, division: str, year: int) -> str:
    """The counter of what was granted of a scheme in a year, in the division that set the quota."""
    return f"quota:{scheme}:{division}:{year}"


def share_key(scheme: str, division: str, county: str, year: int) -> str:
    """The counter of what was granted out of the places of a county."""
    return f"quota:{scheme}:{division}>{county}:{year}"
