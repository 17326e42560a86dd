"""Batches and payouts, and what their people were told."""

from payouts.models.accounts import AccountCorrection
from payouts.models.advices import PaymentAdvice
from payouts.models.batches import Batch
from payouts.models.files import BatchFile
from payouts.models.holds import Ground, Hold, HoldLifted, Roster, RosterEntry
from payouts.models.payouts import Payout
from payouts.models.repayments import Repayment
from payouts.models.reports import YearlyReport
from payouts.models.returns import ReturnFile, ReturnResult, ReturnRuling

__all__ = [
    "AccountCorrection",
    "Batch",
    "BatchFile",
    "Ground",
    "Hold",
    "HoldLifted",
    "PaymentAdvice",
    "Payout",
    "Repayment",
    "ReturnFile",
    "ReturnResult",
    "ReturnRuling",
    "Roster",
    "RosterEntry",
    "YearlyReport",
]
