"""Whose cases are one's own, and what a room above asks of whoever acts for somebody else.

Who filed a case has it, unless they did so for somebody who has since told them to stop. The room that keeps such
mandates registers its rules: this room knows of none.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from applications.models import Application
from applications.rules_above import rules
from applications.states import State
from people.models import User

if TYPE_CHECKING:
    from applications.door import Case

# The rules make a condition for each filer; of more the statement would grow too long to be planned.
FILERS_AT_ONCE = 20


class Act(StrEnum):
    """What whoever filed a case does with it. Every act names itself at the door, so that a rule can refuse it."""

    EDIT = "edit"  # answers and papers of a draft, of a correction, and papers promised
    FILE = "file"
    CORRECT = "correct"  # file what was corrected
    CONTINUE = "continue"  # begin the case that follows: the next period, the way back
    CONSENT = "consent"  # record whom it is for and how they agreed
    ERASE = "erase"  # a draft
    WITHDRAW = "withdraw"
    DELIVER = "deliver"  # report a milestone with its papers
    REPORT = "report"  # a change in what a grant rests on
    STATE = "state"  # a statement before something granted is taken back
    ACCOUNT = "account"  # another account to pay into
    COMPLAIN = "complain"
    RATE = "rate"
    URGE = "urge"
    WRITE = "write"
    READ = "read"
    PIN = "pin"
    RECEIVE = "receive"


# These two are asked when the parties have been named, by the service itself: only then it is known whom a case is for.
ONCE_NAMED = frozenset({Act.FILE, Act.CORRECT})


def cases_of(user: User, at: datetime | None = None) -> QuerySet[Application]:
    """The cases a user filed, or began, and still has; a draft that was erased is gone."""
    found = Application.objects.filter(filed_by=user).exclude(state=State.DRAFT, data_key__destroyed_at__isnull=False)
    return not_hidden(found, user, at or timezone.now())


def not_hidden(cases: QuerySet[Application], user: User, at: datetime) -> QuerySet[Application]:
    """Of cases filed in the user's name, or in a colleague's for the same office, those nobody told them to leave."""
    for rule in rules():
        cases = cases.exclude(rule.hidden_from(user, at))
    return cases


def still_had(cases: Iterable[Application], at: datetime) -> set[int]:
    """Of many cases, by key, those that whoever filed them still has: some filers a statement, however many cases."""
    by_filer: dict[User, list[int]] = {}
    for case in cases:
        by_filer.setdefault(case.filed_by, []).append(case.pk)
    filers, found = list(by_filer), set()
    for start in range(0, len(filers), FILERS_AT_ONCE):
        some = filers[start : start + FILERS_AT_ONCE]
        gone = [Q(filed_by=one) & rule.hidden_from(one, at) for one in some for rule in rules()]
        keys = [pk for one in some for pk in by_filer[one]]
        left = Application.objects.filter(pk__in=keys).exclude(reduce(or_, gone, Q(pk__in=())))
        found |= set(left.values_list("pk", flat=True))
    return found


def require(case: "Case", act: Act) -> None:
    """Raise what keeps whoever acts from an act of the applicant's, in its transaction."""
    for rule in rules():
        rule.gate(case, act)
