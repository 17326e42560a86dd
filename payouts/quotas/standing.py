"""Quotas as they stand for an office: what policy sets, what each county was given, used and left."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from applications import places
from applications.places import Pool
from papers import numbering
from payouts import scope
from payouts.budgeting import who
from people.models import Division, Office, User
from schemes.models import current_versions
from schemes.policies import ResolvedValue, resolve_all
from schemes.rules.windows import quota


@dataclass(frozen=True)
class County:
    """What a county was given of a quota."""

    division: Division
    pool: Pool


@dataclass(frozen=True)
class Quota:
    """The places of a scheme in a year: what policy sets, what is not given to a county, and what is."""

    scheme: str
    title: str
    division: Division
    year: int
    places: int
    rest: Pool
    counties: tuple[County, ...]

    def of(self, county: str) -> Pool:
        """The places of a county; none where it was given none."""
        found = next((one.pool for one in self.counties if one.division.pk == county), None)
        return found or Pool(places.share_key(self.scheme, self.division.pk, county, self.year), 0)


def quotas_in(division: Division, year: int, at: datetime) -> list[Quota]:
    """Every quota that holds in a division in a year, in order of scheme; a few queries for all."""
    definitions = {version.scheme_id: version.definition for version in current_versions()}
    policies = resolve_all(definitions.values(), division.pk, _day(year, at))
    found = {code: policy.values["quota"] for code, policy in policies.items() if "quota" in policy.values}
    set_ = {code: value for code, value in found.items() if value.division_code}
    given = places.shares_of({code: value.division_code for code, value in set_.items()}, year)
    codes = {value.division_code for value in set_.values()} | {one for each in given.values() for one in each}
    divisions = Division.objects.in_bulk(codes)
    quotas = [
        _quota(code, str(definitions[code].title), set_[code], given[code], divisions, year) for code in sorted(set_)
    ]
    return _counted(quotas)


def _counted(quotas: list[Quota]) -> list[Quota]:
    """The same with what is used of each pool, asked for at once."""
    pools = [pool for one in quotas for pool in (one.rest, *(county.pool for county in one.counties))]
    used = numbering.taken_each(pool.key for pool in pools)

    def counted(pool: Pool) -> Pool:
        return replace(pool, known=used[pool.key])

    return [
        replace(
            one,
            rest=counted(one.rest),
            counties=tuple(replace(county, pool=counted(county.pool)) for county in one.counties),
        )
        for one in quotas
    ]


def _quota(
    code: str,
    title: str,
    value: ResolvedValue,
    given: dict[str, int],
    divisions: dict[str, Division],
    year: int,
) -> Quota:
    holder = value.division_code
    counties = tuple(
        County(divisions[one], Pool(places.share_key(code, holder, one, year), given[one]))
        for one in sorted(given)
        if given[one]
    )
    return Quota(
        scheme=code,
        title=title,
        division=divisions[holder],
        year=year,
        places=quota(value.value),
        rest=places.rest(code, value, given, year),
        counties=counties,
    )


def quota_in(division: Division, scheme: str, year: int, at: datetime) -> Quota | None:
    """The quota of one scheme, None where policy sets none."""
    return next((one for one in quotas_in(division, year, at) if one.scheme == scheme), None)


def offices_of(user: User, at: datetime) -> list[Office]:
    """The offices for which the user sees quotas: line offices they speak for, and bureaus of finance."""
    found = {office.pk: office for office in [*who.line_offices(user, at), *scope.finance_offices(user, at)]}
    return list(found.values())


def _day(year: int, at: datetime) -> date:
    """The day on which the quota of a year is read: today, or the day of that year next to today."""
    return min(max(timezone.localdate(at), date(year, 1, 1)), date(year, 12, 31))
