"""The facts of a phase-out as they stand: those of the decision, and those verified with each change since."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from applications import answers as answers_of
from applications.models import Application
from benefits.models import ChangeOutcome, Due, HouseholdChange, PhaseOut
from benefits.phase_out.months import Month, Stand, recomputed
from people import vault

WORDS, FACTS, BEFORE, AFTER = "change.words", "change.facts", "change.before", "change.after"
SETTLED, HEARD = "change.settled", "change.heard"
ENDS = frozenset({ChangeOutcome.Effect.REVERTED, ChangeOutcome.Effect.TERMINATED})


@dataclass(frozen=True)
class Course:
    """A phase-out with everything settled about it, in order. `answers` are those of the case, decrypted."""

    phase_out: PhaseOut
    answers: dict[str, Any]
    granted: dict[str, Any]
    settled: tuple[ChangeOutcome, ...]

    @property
    def household(self) -> list[dict[str, Any]]:
        """The members as they were verified last."""
        return self.facts["household"]

    @property
    def facts(self) -> dict[str, Any]:
        """Household and property as they were verified last."""
        if not self.settled:
            return {name: self.answers[name] for name in ("household", "property_ok")}
        last = self.settled[-1]
        return vault.decrypt_json(self.phase_out.application.data_key, last.facts, FACTS)

    @property
    def stands(self) -> tuple[Stand, ...]:
        """What held from which month on."""
        key = self.phase_out.application.data_key
        changed = (
            Stand(
                first=one.change.effective_month,
                assessment=vault.decrypt_json(key, one.after, AFTER),
                change=one.change_id,
                over=one.effect in ENDS,
            )
            for one in self.settled
        )
        return (Stand(self.phase_out.first_month, self.granted), *changed)

    def months(self, *more: Stand) -> list[Month]:
        """Every month as the facts then in force have it; `more`: what would hold besides."""
        benefit = Decimal(str(self.answers["benefit_monthly"]))
        return recomputed(self.granted["schedule"], benefit, (*self.stands, *more))


def course_of(application: Application) -> Course:
    """The phase-out of a granted case, with its facts and all that was settled. Raises PhaseOut.DoesNotExist."""
    phase_out = PhaseOut.objects.select_related("application__data_key").get(application=application)
    settled = ChangeOutcome.objects.filter(change__phase_out=phase_out).select_related("change").order_by("pk")
    granted = answers_of.read_assessment(application)
    if granted is None:
        raise ValueError(f"{application} was granted without an assessment")
    return Course(phase_out, answers_of.read(application), granted, tuple(settled))


def owed(application: Application) -> dict[str, Decimal]:
    """What is owed for each month, yuan, stopped lines left out."""
    found: dict[str, Decimal] = {}
    for period, amount in Due.objects.filter(application=application, stop__isnull=True).values_list(
        "period", "amount"
    ):
        found[period] = found.get(period, Decimal("0.00")) + amount
    return found


def words_of(change: HouseholdChange) -> str:
    """What was written when the change was reported."""
    return vault.decrypt(change.phase_out.application.data_key, change.words, WORDS)


def month_after(day: date) -> date:
    """The first day of the month after a day: from then on a change counts, as the phase-out itself began.

    assumed: no text says from which month a change counts.
    """
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
