"""Lines of return files as officials read them: which payout, what the bank said. Reasons are opened for one page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from payouts.models import Payout, ReturnFile, ReturnResult
from payouts.returns.booking import REASON
from payouts.returns.checking import Checked
from people import vault
from people.day_words import day_in_words


@dataclass(frozen=True)
class ReasonedLine:
    """One line; `reason` is "" where none was given or it cannot be read."""

    batch: str
    line: int
    application: str
    amount: Decimal
    paid: bool
    disputed: bool
    reason: str
    on: date | None

    @classmethod
    def of_result(cls, result: ReturnResult) -> "ReasonedLine":
        """From what was written down."""
        payout = result.payout
        return cls(
            payout.batch.number,
            payout.line,
            payout.due.application.number,
            payout.amount,
            result.paid,
            result.disputed,
            reason_of(result),
            result.on,
        )


def reason_of(result: ReturnResult) -> str:
    """The bank's words, "" where there are none or the key is gone."""
    if not result.reason:
        return ""
    try:
        return vault.decrypt(result.payout.due.application.data_key, bytes(result.reason), REASON)
    except vault.VaultError:
        return ""


def results_of(file: ReturnFile, most: int) -> list[ReasonedLine]:
    """What a confirmed file said, contradictions and what came back first."""
    rows = file.results.select_related("payout__batch", "payout__due__application__data_key")
    return [ReasonedLine.of_result(one) for one in rows.order_by("-disputed", "paid", "pk")[:most]]


def lines_of_check(checked: Checked, most: int) -> list[ReasonedLine]:
    """What confirming a file would write down, in the same order."""
    told = [(one, True) for one in checked.disputed] + [(one, False) for one in (*checked.returned, *checked.paid)]
    return [
        ReasonedLine(
            one.line.batch,
            one.line.line,
            one.payout.due.application.number,
            one.payout.amount,
            one.line.paid,
            disputed,
            one.line.reason,
            one.line.on,
        )
        for one, disputed in told[:most]
    ]


def said(payout: Payout) -> str:
    """How a payout stands, in words."""
    if payout.state == Payout.State.PAID:
        return _("%(day)s已到账") % {"day": day_in_words(payout.paid_on)}
    return str(payout.get_state_display())
