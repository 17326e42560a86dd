"""A phase-out as officials read it: each month with the facts then in force, and what changed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from applications.models import Application
from approvals.history.entries import readable
from approvals.review_assessment import Judged, judged, policy_for
from benefits.models import ChangeOutcome, DueStop, HouseholdChange, PhaseOut
from benefits.phase_out import facts, links
from benefits.phase_out.facts import Course, course_of, owed
from benefits.phase_out.months import Month, stand_in
from schemes.rules.money import ZERO


@dataclass(frozen=True)
class ShownMonth:
    """A month recomputed beside what is owed for it; sums in yuan. `change`: what brought its facts, None at first.

    `measure`: a decision in a case of its own stopped or lowered it, which no facts of the household explain.
    """

    month: Month
    owed: Decimal
    change: HouseholdChange | None
    measure: bool

    @property
    def agrees(self) -> bool:
        """Whether the lines say what the month says; not where what was paid already is more."""
        return self.measure or self.month.amount == self.owed


@dataclass(frozen=True)
class ShownChange:
    """A change with its words, and what came of it (None while it is looked into)."""

    change: HouseholdChange
    words: str
    outcome: ChangeOutcome | None
    settled: str
    heard: str


@dataclass(frozen=True)
class ShownPhaseOut:
    """All of it. `open`: the change that is looked into; `earlier`: cases this one follows from."""

    phase_out: PhaseOut
    course: Course
    months: tuple[ShownMonth, ...]
    changes: tuple[ShownChange, ...]
    earlier: tuple[Application, ...]

    @property
    def open(self) -> HouseholdChange | None:
        """The change that nobody has settled."""
        return next((one.change for one in self.changes if one.outcome is None), None)

    def month(self, period: str) -> ShownMonth | None:
        """The month of this name, 2026-10; None outside the phase-out."""
        return next((one for one in self.months if one.month.period == period), None)


def shown_of(application: Application) -> ShownPhaseOut:
    """The phase-out of a granted case. Raises PhaseOut.DoesNotExist."""
    course = course_of(application)
    rows = list(course.phase_out.changes.select_related("outcome__decided_by", "reported_by", "phase_out"))
    by_pk = {row.pk: row for row in rows}
    sums = owed(application)
    measured = _measured(application)
    months = tuple(
        ShownMonth(month, sums.get(month.period, ZERO), by_pk.get(month.stand.change), measure=month.period in measured)
        for month in course.months()
    )
    shown = tuple(_change(application, row) for row in rows)
    return ShownPhaseOut(course.phase_out, course, months, shown, tuple(links.chain_of(application)))


def explained(application: Application, found: ShownPhaseOut, month: ShownMonth) -> Judged:
    """The assessment that holds in a month, line by line under its clauses."""
    stand = stand_in(found.course.stands, month.month.first)
    on = month.change.happened_on if month.change else date.fromisoformat(found.course.answers["determined_on"])
    policy = policy_for(application.definition, application.division_id, on)
    # The schedule of an assessment begins anew with its day; the months stand in the table of the page.
    return judged(application.definition, {**stand.assessment, "schedule": []}, policy)


def _measured(application: Application) -> set[str]:
    """The months of which a case of its own decided something."""
    stops = DueStop.objects.filter(due__application=application).exclude(application=application)
    return set(stops.values_list("due__period", flat=True))


def _change(application: Application, row: HouseholdChange) -> ShownChange:
    key, outcome = application.data_key, getattr(row, "outcome", None)
    return ShownChange(
        change=row,
        words=readable(key, row.words, facts.WORDS),
        outcome=outcome,
        settled=readable(key, outcome.words, facts.SETTLED) if outcome else "",
        heard=readable(key, outcome.heard, facts.HEARD) if outcome else "",
    )
