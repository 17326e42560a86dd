"""Whose cases are one's own, and what a room above asks of whoever acts for somebody else.

Who filed a case has it, unless they did so for somebody who has since told them to stop. The room that keeps such
mandates registers its rules: this room knows of none.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from applications.models import Application
from applications.rules_above import rules
from applications.states import State
from people.models import User

if TYPE_CHECKING:
    from applications.door import Case

FILE, CORRECT, RECEIVE = "file", "correct", "receive"


def cases_of(user: User, at: datetime | None = None) -> QuerySet[Application]:
    """The cases a user filed, or began, and still has; a draft that was erased is gone."""
    found = Application.objects.filter(filed_by=user).exclude(state=State.DRAFT, data_key__destroyed_at__isnull=False)
    for rule in rules():
        found = found.exclude(rule.hidden_from(user, at or timezone.now()))
    return found


def require(case: "Case", act: str) -> None:
    """Raise what keeps whoever acts from an act of the applicant's (FILE, CORRECT, RECEIVE), in its transaction."""
    for rule in rules():
        rule.gate(case, act)
