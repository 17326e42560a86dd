"""The milestones of a grant as officials and the organisation read them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from applications.models import Application
from approvals.history.entries import readable
from approvals.milestones.acting import WORDS as RULED
from approvals.milestones.acting import visit_to_rule
from approvals.models import MilestoneRuling, Visit
from benefits.milestones import reporting
from benefits.milestones.putting_off import REASON
from benefits.milestones.wording import component_labels, papers_wanted
from benefits.models import Due, Milestone, MilestoneExtension, MilestoneReport

ZERO = Decimal("0.00")
COLOURS = {"awaited": "grey", "reported": "blue", "met": "green"}


@dataclass(frozen=True)
class ShownPart:
    """What is owed of an instalment for one component ("" where there is none), in yuan."""

    label: str
    amount: Decimal


@dataclass(frozen=True)
class ShownReport:
    """A report with its words, "" where they cannot be opened."""

    report: MilestoneReport
    words: str


@dataclass(frozen=True)
class ShownRuling:
    """A ruling with its words."""

    ruling: MilestoneRuling
    words: str


@dataclass(frozen=True)
class ShownExtension:
    """A day put off, with the reason."""

    extension: MilestoneExtension
    reason: str


@dataclass(frozen=True)
class ShownMilestone:
    """One instalment; sums in yuan. `to_rule`: the site check that waits for a ruling; `stopped`: nothing is owed."""

    milestone: Milestone
    parts: tuple[ShownPart, ...]
    reports: tuple[ShownReport, ...]
    rulings: tuple[ShownRuling, ...]
    extensions: tuple[ShownExtension, ...]
    visits: tuple[Visit, ...]
    to_rule: Visit | None
    hindrance: str
    late: bool

    @property
    def amount(self) -> Decimal:
        """What is owed for it."""
        return sum((part.amount for part in self.parts), ZERO)

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return "red" if self.late else COLOURS[self.milestone.state]

    @property
    def planned(self) -> Visit | None:
        """The site check to come."""
        return next((visit for visit in self.visits if visit.state == Visit.State.PLANNED), None)

    @property
    def needs(self) -> str:
        """What is to be shown for it, in words."""
        return papers_wanted(self.milestone.occasion)


def milestones_of(application: Application, at: datetime) -> list[ShownMilestone]:
    """The instalments of a case in order; none where it is paid at once."""
    return [_shown(row, application, at) for row in application.milestones.select_related("grant").order_by("place")]


def of_place(application: Application, place: int, at: datetime) -> ShownMilestone | None:
    """One of them."""
    row = application.milestones.filter(place=place).first()
    return _shown(row, application, at) if row else None


def _shown(milestone: Milestone, application: Application, at: datetime) -> ShownMilestone:
    key = application.data_key
    visits = Visit.objects.filter(of_milestone__milestone=milestone).select_related("first_official", "second_official")
    rulings = milestone.rulings.select_related("decided_by").order_by("pk")
    return ShownMilestone(
        milestone=milestone,
        parts=tuple(_parts(milestone, application)),
        reports=tuple(ShownReport(one, readable(key, one.words, reporting.WORDS)) for one in milestone.reports.all()),
        rulings=tuple(ShownRuling(one, readable(key, one.words, RULED)) for one in rulings),
        extensions=tuple(ShownExtension(one, readable(key, one.reason, REASON)) for one in milestone.extensions.all()),
        visits=tuple(visits.order_by("pk")),
        to_rule=visit_to_rule(milestone),
        hindrance=reporting.hindrance(milestone, application, at),
        late=is_late(milestone, timezone.localdate(at)),
    )


def is_late(milestone: Milestone, today: date) -> bool:
    """Whether its day is over and the organisation has not reported."""
    return milestone.state == Milestone.State.AWAITED and milestone.due_on < today


def _parts(milestone: Milestone, application: Application) -> list[ShownPart]:
    labels = component_labels(application)
    dues = Due.objects.filter(milestone=milestone, stop__isnull=True).order_by("sequence")
    return [ShownPart(labels.get(due.component, due.component), due.amount) for due in dues]
