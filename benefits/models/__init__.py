"""Benefits 待遇, what is owed for them, and the budget it is reserved from."""

from benefits.models.budgets import Budget
from benefits.models.dues import Due
from benefits.models.kinds import Grant, PhaseOut, Waiver

__all__ = ["Budget", "Due", "Grant", "PhaseOut", "Waiver"]
