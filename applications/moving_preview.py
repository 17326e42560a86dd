"""What moving a case to another version would change for it, shown before anybody moves it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications.asking import Asking
from applications.models import Application
from applications.models.what_if import Outcome
from applications.moving import MOVABLE, UNREADABLE, barrier
from applications.states import FINAL, State
from applications.what_if_work import outcome_of
from people.vault import VaultError
from schemes.assessing import Assessor
from schemes.errors import FactsError, UnknownDivision
from schemes.models import SchemeVersion

ENDED = frozenset({*FINAL, State.GRANTED})


@dataclass(frozen=True)
class Side:
    """How a case stands under one version. Of a draft only how many questions are left: its answers are nobody's
    business before it is filed.
    """

    outcome: str
    amount: Decimal | None
    unanswered: tuple[str, ...]

    @property
    def words(self) -> str:
        """The outcome in words, "" for a draft."""
        return str(Outcome(self.outcome).label) if self.outcome else ""


@dataclass(frozen=True)
class Preview:
    """One case before and after; `barrier` says why it cannot be moved, "" when it can."""

    application: Application
    before: Side | None
    after: Side | None
    barrier: str

    @property
    def name(self) -> str:
        """How the case is called on the page."""
        return name_of(self.application)

    @property
    def changes(self) -> bool:
        """Whether moving makes any difference to how it stands."""
        return self.before != self.after


def name_of(application: Application) -> str:
    """The number of a case; of a draft only the day it was begun."""
    if application.number:
        return application.number
    return _("%(day)s开始的草稿") % {"day": timezone.localdate(application.created_at).isoformat()}


def running(version: SchemeVersion, within: Q) -> QuerySet[Application]:
    """The cases pinned to a version that have not ended, within a condition on their division."""
    return Application.objects.filter(within, scheme_version=version).exclude(state__in=ENDED)


def counts(versions: Iterable[SchemeVersion], within: Q) -> dict[int, dict[str, int]]:
    """By version: how many running cases are in each state; one query."""
    rows = Application.objects.filter(within, scheme_version__in=list(versions)).exclude(state__in=ENDED)
    found: dict[int, dict[str, int]] = {}
    for version, state, number in rows.values_list("scheme_version", "state").annotate(Count("pk")).order_by():
        found.setdefault(version, {})[state] = number
    return found


def movable(version: SchemeVersion, within: Q, after: int, limit: int) -> list[Application]:
    """The next cases that may be moved, by keyset."""
    rows = running(version, within).filter(state__in=MOVABLE, pk__gt=after).order_by("pk")
    related = ("division", "subject_office", "data_key", "scheme_version")
    return list(rows.select_related(*related)[:limit])


class Previewing:
    """Assesses cases under their own version and under the one they would move to."""

    def __init__(self, before: SchemeVersion, target: SchemeVersion, today: date) -> None:
        self.target, self.today = target, today
        self._before = Assessor(before.scheme_id, before)
        self._after = Assessor(target.scheme_id, target)

    def preview(self, application: Application) -> Preview:
        """One case. What cannot be read under the new version cannot be moved either."""
        reason = barrier(application, self.target)
        try:
            answers = answers_of.read(application)
            before = self._side(application, answers, self._before)
            after = self._side(application, answers, self._after)
        except (FactsError, UnknownDivision, VaultError):
            return Preview(application, None, None, reason or str(UNREADABLE))
        return Preview(application, before, after, reason)

    def _side(self, application: Application, answers: dict[str, Any], assessor: Assessor) -> Side:
        asking = self._asking(application, answers, assessor)
        left = tuple(str(question.label) for question in asking.unanswered)
        if application.state == State.DRAFT:
            return Side("", None, left)
        facts = answers_of.facts_of(application, answers, asking)
        found = assessor.assess(application.division_id, application.policy_date, facts)
        return Side(outcome_of(found), found.amount, left)

    def _asking(self, application: Application, answers: dict[str, Any], assessor: Assessor) -> Asking:
        policy: dict[str, Any] = {}
        if application.division_id:
            day = application.policy_date or self.today
            policy = assessor.policy(application.division_id, day).plain_values
        return Asking(assessor.definition, answers, policy)
