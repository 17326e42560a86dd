"""Putting a case on the waiting list, and the lists as an official sees them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from applications.models import Application
from approvals import scope
from approvals.notes.beside import beside
from approvals.outcomes import Outcome
from approvals.seats import seat_of
from benefits.budgets import waiting
from benefits.models import WaitingPlace
from people import vault
from people.models import User
from people.refusals import Refused


@dataclass(frozen=True)
class Panel:
    """What the review page tells: where the case stands, who comes before it, and whether it can be put on the list."""

    standing: waiting.Standing | None
    ahead: int
    may_enlist: bool


def enlist(user: User, public_id: str, at: datetime) -> WaitingPlace:
    """Put a case on the list because the money does not reach.

    Raises NotFound outside the user's offices, Refused for whoever could not grant it now, Conflict where it is on the
    list or the money reaches.
    """
    with beside(user, public_id, at) as case:
        if not may_grant(user, case.application, at):
            raise Refused(_("只有现在可以批准本案的人能把它列入等待名单。"), code="not_deciding")
        return waiting.enlist(case)


def may_grant(user: User, application: Application, at: datetime) -> bool:
    """Whether the user sits where the case can be granted now."""
    seat = seat_of(user, application, at)
    return seat.may_act and Outcome.GRANT in seat.outcomes


def panel_of(user: User, application: Application, at: datetime) -> Panel | None:
    """What to tell; None where the list has nothing to do with the case."""
    if application.state not in waiting.UNDECIDED or not waiting.takes_money(application):
        return None
    standing = waiting.standing_of(application, at)
    ahead = len(waiting.ahead_of(application, at))
    offered = standing is None and _short(application, at) and may_grant(user, application, at)
    return Panel(standing, ahead, offered) if standing or ahead or offered else None


def _short(application: Application, at: datetime) -> bool:
    """Whether the money does not reach; of a case that cannot be opened nothing is said."""
    try:
        return waiting.is_short(application, at)
    except vault.VaultError:
        return False


def lists_for(user: User, at: datetime) -> list[tuple[str, list[tuple[WaitingPlace, Decimal]]]]:
    """The cases the user may see that wait, in order, under the title of their scheme; with what each needs now."""
    found: dict[str, list[tuple[WaitingPlace, Decimal]]] = defaultdict(list)
    for place in waiting.waiting().filter(application__in=scope.visible_cases(user, at)):
        found[str(place.application.definition.title)].append((place, waiting.need_now(place, at)))
    return sorted(found.items())
