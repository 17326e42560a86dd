"""Whom four eyes and recusal keep from a case, asked of many officials at once: for pages that offer colleagues.

The rule is that of applications.four_eyes; applications.door asks it of one official under the locks of an act, here
the rows of the case and the officials' registers are read once for all of them.
"""

from collections.abc import Collection

from applications.four_eyes import identities_of, is_recused, rows_of, sat_elsewhere
from applications.models import Application
from people.models import Affiliation, Kinship, User


def recused_of(application: Application, users: Collection[User]) -> set[int]:
    """Of users, by number: those who are a party of a case, a relative of one or connected to one, or stepped back."""
    rows, close = rows_of(application), _close_to(users)
    return {user.pk for user in users if is_recused(rows, identities_of(user), close[user.pk])}


def barred_of(application: Application, users: Collection[User], stage: str) -> set[int]:
    """Of officials, by number: those whom recusal keeps from a case, or four eyes from this stage of it."""
    rows, close, out = rows_of(application), _close_to(users), set()
    for user in users:
        mine = identities_of(user)
        if is_recused(rows, mine, close[user.pk]) or sat_elsewhere(rows, mine, stage):
            out.add(user.pk)
    return out


def _close_to(users: Collection[User]) -> dict[int, set[str]]:
    """The relatives and organisations each official registered, as parties of a case are named."""
    close: dict[int, set[str]] = {user.pk: set() for user in users}
    for user, relative in Kinship.objects.filter(user__in=close).values_list("user", "relative"):
        close[user].add(f"person:{relative}")
    for user, organisation in Affiliation.objects.filter(user__in=close).values_list("user", "organisation"):
        close[user].add(f"organisation:{organisation}")
    return close
