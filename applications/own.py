"""Whose cases are one's own, and what a room above asks of whoever acts for somebody else.

Who filed a case has it, unless they did so for somebody who has since told them to stop. The room that keeps such
mandates registers its rules here when it is loaded: this room knows of none.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from applications.door import Case
from applications.models import Application
from people.models import User

FILE, CORRECT, RECEIVE = "file", "correct", "receive"
_hidden: list[Callable[[User, datetime], Q]] = []
_gates: list[Callable[[Case, str], None]] = []


def register(hidden: Callable[[User, datetime], Q], gate: Callable[[Case, str], None]) -> None:
    """`hidden`: the condition on cases a user filed and no longer has. `gate`: raises what keeps whoever acts in an
    open case from an act (FILE, CORRECT, RECEIVE).
    """
    if hidden not in _hidden:
        _hidden.append(hidden)
        _gates.append(gate)


def cases_of(user: User, at: datetime | None = None) -> QuerySet[Application]:
    """The cases a user filed, or began, and still has."""
    found = Application.objects.filter(filed_by=user)
    for hidden in _hidden:
        found = found.exclude(hidden(user, at or timezone.now()))
    return found


def require(case: Case, act: str) -> None:
    """Raise what keeps whoever acts from an act of the applicant's, in the transaction of that act."""
    for gate in _gates:
        gate(case, act)
