"""四眼和回避: what keeps somebody out of a case, stated once. Pure: over rows that were read elsewhere.

Who is a party of a case, a relative of one, connected to one, or stepped back, has no part in it at any stage. Who took
part at one stage takes part at no other.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet

from applications.models import Application, CaseActor
from people.models import User

OFFICIAL, PARTY = CaseActor.Capacity.OFFICIAL, CaseActor.Capacity.PARTY


class Row(NamedTuple):
    """Who has which capacity in a case; officials at which stage."""

    who: str
    capacity: str
    stage: str


def identity_of(user: User) -> str:
    """Who a user is across capacities: the person behind the account where one is known."""
    return f"person:{user.person_id}" if user.person_id else f"user:{user.pk}"


def identities_of(user: User) -> set[str]:
    """By which a user may stand in a case: the account may have been linked to its person since."""
    return {identity_of(user), f"user:{user.pk}"}


def rows_of(application: Application, among: Collection[str] | None = None) -> list[Row]:
    """The rows of a case, or those of some who."""
    actors: QuerySet[CaseActor] = application.actors.filter(Q() if among is None else Q(who__in=among))
    return [Row._make(row) for row in actors.values_list(*Row._fields)]


def is_recused(rows: Iterable[Row], mine: Collection[str], close: Collection[str]) -> bool:
    """Whether somebody is out of a case altogether. `mine`: their identities; `close`: relatives and organisations, as
    parties are named.
    """
    return any(
        row.capacity != OFFICIAL if row.who in mine else row.capacity == PARTY and row.who in close for row in rows
    )


def sat_elsewhere(rows: Iterable[Row], mine: Collection[str], stage: str) -> bool:
    """Whether somebody has a part in a case at another stage than this one."""
    return any(row.who in mine and row.stage != stage for row in rows)
