"""Batches and payouts, and what their people were told."""

from payouts.models.advices import PaymentAdvice
from payouts.models.batches import Batch
from payouts.models.payouts import Payout
from payouts.models.reports import YearlyReport

__all__ = ["Batch", "PaymentAdvice", "Payout", "YearlyReport"]
