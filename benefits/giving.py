"""What a positive decision gives: the benefit, its dues, and the reservation. Inside the door."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from applications.door import Case
from applications.models import Application
from benefits import budgets, exclusions, overlap, quotas
from benefits.budgets import waiting
from benefits.claims import banks, taking
from benefits.milestones import planning
from benefits.models import Due, Grant, LoanBank, Milestone, PhaseOut, Service, Waiver
from benefits.phase_out.links import REINCLUSION
from benefits.waivers import terms


@dataclass(frozen=True)
class Line:
    """What is owed: its period, yuan, and the day from which it is payable.

    An instalment names its milestone, and its component where the sum is made of some. `bank`: it is paid to that one.
    """

    period: str
    amount: Decimal
    payable: date
    milestone: Milestone | None = None
    component: str = ""
    bank: LoanBank | None = None


def give(case: Case, assessment: dict[str, Any], override: str = "", overtake: str = "") -> None:
    """Create the benefit the scheme names. `assessment` is the frozen one the decision rests on; `override` is the
    official's reason for granting beside something policy lets them decide on, `overtake` the one for granting before
    others who wait for money.

    Benefits are locked before envelopes, as whoever revokes locks them. Raises Conflict for what was given already or
    cannot be held beside it, where somebody waits who came earlier, and where budget or places do not reach.
    """
    exclusions.refuse_excluded(case, override)
    lines = GIVERS[case.application.definition.benefit_kind](case, assessment)
    dues = _dues(case, lines)
    waiting.refuse_overtaking(case, overtake, {budgets.year_of(due) for due in dues})
    budgets.reserve(case.application, dues)
    Due.objects.bulk_create(dues)
    quotas.take_place(case)


def _give_money(case: Case, assessment: dict[str, Any]) -> list[Line]:
    """One sum: once, in instalments where policy says so, or for the period that was claimed.

    Its dues bear the first month of the claim, else the year.
    """
    application = case.application
    amount = Decimal(assessment["amount"])
    if application.scheme_code == REINCLUSION:
        overlap.refuse_second_return(case)
    claimed = overlap.refuse_second_claim(case)
    grant = Grant.objects.create(
        application=application,
        kind=application.definition.benefit_kind,
        amount=amount,
        granted_at=case.at,
        **_holder(application),
    )
    taking.take_months(case)
    today = timezone.localdate(case.at)
    period = claimed or str(today.year)
    parts = [
        Line(period, owed.amount, owed.milestone.due_on, owed.milestone, owed.component)
        for owed in planning.write(case, grant, assessment)
    ]
    return parts or [Line(period, amount, today, bank=banks.bank_paid(case, assessment))]


def _give_service(case: Case, assessment: dict[str, Any]) -> list[Line]:
    """A status or a service: it holds from the day of the decision, and nothing is owed."""
    application = case.application
    Service.objects.create(
        application=application,
        granted_at=case.at,
        valid_from=timezone.localdate(case.at),
        **_holder(application),
    )
    return []


def _holder(application: Application) -> dict[str, Any]:
    """Whom something is given: the organisation that applied, or the person."""
    if application.by_organisation:
        return {"organisation": application.organisation}
    return {"person": application.subject}


def _give_waiver(case: Case, assessment: dict[str, Any]) -> list[Line]:
    overlap.refuse_second_waiver(case)
    refund = next((line["value"] for line in assessment["lines"] if line["code"] == "refund_owed"), "0.00")
    waiver = Waiver.objects.create(
        application=case.application,
        person=case.application.subject,
        relief=Decimal(assessment["amount"] or "0.00"),
        refund_owed=Decimal(refund),
        granted_at=case.at,
    )
    terms.write(case, waiver)
    if any(stage.kind == "confirm" for stage in case.application.definition.stages):
        waiver.await_agreement()
        waiver.save()
    else:
        terms.enter_into_force(case, waiver)
    return []


def _give_phase_out(case: Case, assessment: dict[str, Any]) -> list[Line]:
    months = [(line["month"], Decimal(line["amount"])) for line in assessment["schedule"]]
    overlap.refuse_second_phase_out(case, first_day(months[0][0]), first_day(months[-1][0]))
    phase_out = PhaseOut.objects.create(
        application=case.application,
        person=case.application.subject,
        months=len(months),
        first_month=first_day(months[0][0]),
        last_month=first_day(months[-1][0]),
    )
    phase_out.begin()
    phase_out.save()
    return [Line(month, amount, first_day(month)) for month, amount in months]


def _dues(case: Case, lines: list[Line]) -> list[Due]:
    """What is owed, not saved yet; a month of nothing is no line. Lines of one period are numbered."""
    numbers: Counter[str] = Counter()
    dues = []
    for line in lines:
        if line.amount > 0:
            numbers[line.period] += 1
            dues.append(_due(case, line, numbers[line.period]))
    return dues


def _due(case: Case, line: Line, sequence: int) -> Due:
    application = case.application
    return Due(
        application=application,
        payee=application.payee,
        payee_organisation=application.payee_organisation,
        scheme_code=application.scheme_code,
        period=line.period,
        sequence=sequence,
        amount=line.amount,
        payable_from=line.payable,
        milestone=line.milestone,
        component=line.component,
        bank=line.bank,
        recorded_at=case.at,
    )


def first_day(month: str) -> date:
    """The first day of a month written "2026-12"."""
    return date.fromisoformat(f"{month}-01")


GIVERS: dict[str, Callable[[Case, dict[str, Any]], list[Line]]] = {
    **dict.fromkeys(Grant.Kind.values, _give_money),
    "service": _give_service,
    "waiver": _give_waiver,
    "phase_out": _give_phase_out,
}
