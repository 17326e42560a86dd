"""Batches and payouts."""

from payouts.models.batches import Batch
from payouts.models.payouts import Payout

__all__ = ["Batch", "Payout"]
