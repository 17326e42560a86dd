"""Whom four eyes and recusal keep from a case, asked of many officials at once: for pages that offer colleagues.

The rule is that of applications.door, which asks it of one official under the locks of an act; here the rows of the
case and the officials' registers are read once for all of them.
"""

from collections.abc import Collection
from typing import NamedTuple

from applications.door import identity_of
from applications.models import Application, CaseActor
from people.models import Affiliation, Kinship, User

OFFICIAL, PARTY = CaseActor.Capacity.OFFICIAL, CaseActor.Capacity.PARTY


class _Row(NamedTuple):
    who: str
    capacity: str
    stage: str


def recused_of(application: Application, users: Collection[User]) -> set[int]:
    """Of users, by number: those who are a party of a case, a relative of one or connected to one, or stepped back."""
    rows, close = _rows(application), _close_to(users)
    return {user.pk for user in users if _is_recused(rows, user, close[user.pk])}


def barred_of(application: Application, users: Collection[User], stage: str) -> set[int]:
    """Of officials, by number: those whom recusal keeps from a case, or four eyes from this stage of it."""
    rows, close = _rows(application), _close_to(users)
    return {user.pk for user in users if _is_recused(rows, user, close[user.pk]) or _sat_elsewhere(rows, user, stage)}


def _rows(application: Application) -> list[_Row]:
    return [_Row._make(row) for row in application.actors.values_list(*_Row._fields)]


def _close_to(users: Collection[User]) -> dict[int, set[str]]:
    """The relatives and organisations each official registered, as parties of a case are named."""
    close: dict[int, set[str]] = {user.pk: set() for user in users}
    for user, relative in Kinship.objects.filter(user__in=close).values_list("user", "relative"):
        close[user].add(f"person:{relative}")
    for user, organisation in Affiliation.objects.filter(user__in=close).values_list("user", "organisation"):
        close[user].add(f"organisation:{organisation}")
    return close


def _is_recused(rows: list[_Row], user: User, close: set[str]) -> bool:
    mine = _identities_of(user)
    own = any(row.who in mine and row.capacity != OFFICIAL for row in rows)
    return own or any(row.who in close and row.capacity == PARTY for row in rows)


def _sat_elsewhere(rows: list[_Row], user: User, stage: str) -> bool:
    mine = _identities_of(user)
    return any(row.who in mine and row.stage != stage for row in rows)


def _identities_of(user: User) -> set[str]:
    """An account may have been linked to its person since it took part."""
    return {identity_of(user), f"user:{user.pk}"}
