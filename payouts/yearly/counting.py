"""Counting an office's year: every figure is an aggregate of the database, scheme by scheme.

Received are cases filed with the office; accepted, granted and refused what it decided; days are calendar days from
acceptance to its decision.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from applications.models import Application
from applications.states import State
from approvals.models import Decision, Objection
from papers.models import Paper
from payouts.models import Payout
from payouts.models.payouts import SENT
from people.models import Office
from workflows.models import WorkItem

Kind = Decision.Kind
DECIDED = (Kind.GRANT, Kind.REFUSAL)
SCHEME = "application__scheme_version__scheme"


@dataclass
class SchemeYear:
    """One scheme in an office's year; amounts in yuan, `days` the median, None where nothing was decided."""

    received: int = 0
    accepted: int = 0
    not_accepted: int = 0
    granted: int = 0
    refused: int = 0
    withdrawn: int = 0
    corrections: int = 0
    days: int | None = None
    amount: Decimal = Decimal("0.00")
    paid: Decimal = Decimal("0.00")


@dataclass
class OfficeYear:
    """An office's year: by scheme code, papers by kind, and objections by what became of them."""

    schemes: dict[str, SchemeYear] = field(default_factory=dict)
    papers: dict[str, int] = field(default_factory=dict)
    objections: dict[str, int] = field(default_factory=dict)

    def of(self, scheme: str) -> SchemeYear:
        """The row of a scheme."""
        return self.schemes.setdefault(scheme, SchemeYear())


@dataclass(frozen=True)
class Span:
    """From the first moment of a year to the last of its day `up_to`, in the office's time."""

    start: datetime
    end: datetime

    def within(self, name: str) -> Q:
        """That a time lies in it."""
        return Q(**{f"{name}__gte": self.start, f"{name}__lt": self.end})


def span_of(year: int, up_to: date) -> Span:
    """The span of a year up to a day, that day included."""
    return Span(_midnight(date(year, 1, 1)), _midnight(up_to + timedelta(days=1)))


def count(office: Office, year: int, up_to: date) -> OfficeYear:
    """Everything the report of an office tells, in a fixed number of queries and one or two a scheme."""
    span, found = span_of(year, up_to), OfficeYear()
    _count_filed(found, office, span)
    _count_decided(found, office, span)
    _count_paid(found, office, span)
    for scheme in list(found.schemes):
        found.of(scheme).days = _median_days(office, span, scheme)
    papers = Paper.objects.filter(span.within("issued_at"), office=office).values("kind").order_by("kind")
    found.papers = {row["kind"]: row["many"] for row in papers.annotate(many=Count("pk"))}
    objections = Objection.objects.filter(span.within("raised_at"), notice__office=office).values("result")
    found.objections = {row["result"]: row["many"] for row in objections.annotate(many=Count("pk")).order_by()}
    return found


def _count_filed(found: OfficeYear, office: Office, span: Span) -> None:
    here = WorkItem.objects.filter(case_id=OuterRef("pk"), kind="accept", queue__office=office)
    filed = Application.objects.filter(Exists(here))
    for name, chosen in (
        ("received", Q(span.within("submitted_at"))),
        ("withdrawn", Q(span.within("closed_at"), state=State.WITHDRAWN)),
    ):
        rows = filed.filter(chosen).values("scheme_version__scheme").annotate(many=Count("pk")).order_by()
        for row in rows:
            setattr(found.of(row["scheme_version__scheme"]), name, row["many"])


def _count_decided(found: OfficeYear, office: Office, span: Span) -> None:
    decided = _decisions(office, span).values(SCHEME).order_by()
    rows = decided.annotate(
        accepted=Count("pk", filter=Q(kind__in=(Kind.ACCEPTANCE, Kind.REFERRAL))),
        not_accepted=Count("pk", filter=Q(kind=Kind.NOT_ACCEPTED)),
        granted=Count("pk", filter=Q(kind=Kind.GRANT)),
        refused=Count("pk", filter=Q(kind=Kind.REFUSAL)),
        corrections=Count("pk", filter=Q(kind=Kind.CORRECTION)),
        granted_amount=Sum("amount", filter=Q(kind=Kind.GRANT)),
    )
    for row in rows:
        _note(found.of(row.pop(SCHEME)), row)


def _note(scheme: SchemeYear, row: dict[str, Any]) -> None:
    scheme.amount = row.pop("granted_amount") or Decimal("0.00")
    for name, many in row.items():
        setattr(scheme, name, many)


def _count_paid(found: OfficeYear, office: Office, span: Span) -> None:
    granted_here = Decision.objects.filter(application=OuterRef("due__application"), kind=Kind.GRANT, office=office)
    sent = Payout.objects.filter(span.within("batch__exported_at"), Exists(granted_here), state__in=SENT)
    for row in sent.values("due__scheme_code").annotate(total=Sum("amount")).order_by():
        found.of(row["due__scheme_code"]).paid = row["total"]


def _median_days(office: Office, span: Span, scheme: str) -> int | None:
    """The lower median of the calendar days from acceptance to decision; found by position in the database."""
    took = ExpressionWrapper(F("decided_at") - F("application__accepted_at"), output_field=DurationField())
    decided = _decisions(office, span).filter(
        kind__in=DECIDED, application__accepted_at__isnull=False, **{SCHEME: scheme}
    )
    many = decided.count()
    if not many:
        return None
    middle = (many - 1) // 2
    lengths: QuerySet = decided.annotate(took=took).order_by("took").values_list("took", flat=True)
    return max(0, lengths[middle].days)


def _decisions(office: Office, span: Span) -> QuerySet[Decision]:
    return Decision.objects.filter(span.within("decided_at"), office=office)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
