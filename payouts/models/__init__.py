"""Payouts, batches, bank profiles."""

from payouts.models.batches import Batch, Payout

__all__ = ["Batch", "Payout"]
