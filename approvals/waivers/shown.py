"""A waiver as officials and its holder read it: terms, agreement, money, checks, changes."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from applications.models import Application
from approvals.history.entries import readable
from benefits.models import (
    Waiver,
    WaiverAgreement,
    WaiverChange,
    WaiverChangeAnswer,
    WaiverCheck,
    WaiverRefund,
    WaiverRevival,
    WaiverTerms,
)
from benefits.waivers import changes, checks, refunds
from benefits.waivers.terms import DEPOSITS, outlet_of
from people.vault import VaultError


@dataclass(frozen=True)
class ShownCheck:
    """A check with its words."""

    check: WaiverCheck
    words: str


@dataclass(frozen=True)
class ShownChange:
    """A change with its words, and what came of it (None while it is looked into)."""

    change: WaiverChange
    words: str
    answer: WaiverChangeAnswer | None
    answered: str


@dataclass(frozen=True)
class ShownWaiver:
    """All of it; sums in yuan. `owed`: what the centre has yet to pay back."""

    waiver: Waiver
    terms: WaiverTerms | None
    agreement: WaiverAgreement | None
    revival: WaiverRevival | None
    outlet: dict[str, str]
    refunds: tuple[WaiverRefund, ...]
    refunded: Decimal
    owed: Decimal
    checks: tuple[ShownCheck, ...]
    changes: tuple[ShownChange, ...]

    @property
    def open(self) -> WaiverChange | None:
        """The change that nobody has settled."""
        return next((one.change for one in self.changes if one.answer is None), None)

    @property
    def of_deposit(self) -> bool:
        """Whether a deposit was relieved, and so something may be paid back or be due again."""
        return self.terms is None or self.terms.relief_kind in DEPOSITS

    @property
    def remaining(self) -> Decimal:
        """What is still asked for while the relief holds."""
        return max(self.terms.due_before - self.waiver.relief, Decimal("0.00")) if self.terms else Decimal("0.00")


def shown_of(application: Application) -> ShownWaiver | None:
    """The waiver of a case; None where it has none."""
    related = ("terms", "agreement", "revival", "application__data_key", "application__scheme_version")
    waiver = Waiver.objects.select_related(*related).filter(application=application).first()
    if waiver is None:
        return None
    rows = waiver.changes.select_related("answer__answered_by", "reported_by")
    seen = waiver.checks.select_related("checked_by")
    return ShownWaiver(
        waiver=waiver,
        terms=getattr(waiver, "terms", None),
        agreement=getattr(waiver, "agreement", None),
        revival=getattr(waiver, "revival", None),
        outlet=_outlet(waiver),
        refunds=tuple(waiver.refunds.select_related("confirmed_by")),
        refunded=refunds.refunded(waiver),
        owed=refunds.still_owed(waiver),
        checks=tuple(ShownCheck(row, readable(application.data_key, row.words, checks.WORDS)) for row in seen),
        changes=tuple(_change(application, row) for row in rows),
    )


def _outlet(waiver: Waiver) -> dict[str, str]:
    try:
        return outlet_of(waiver)
    except VaultError:
        return {"number": "", "address": _("（内容无法解密）")}


def _change(application: Application, row: WaiverChange) -> ShownChange:
    key, answer = application.data_key, getattr(row, "answer", None)
    return ShownChange(
        change=row,
        words=readable(key, row.words, changes.WORDS),
        answer=answer,
        answered=readable(key, answer.words, changes.ANSWERED) if answer else "",
    )
