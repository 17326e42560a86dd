"""Benefits 待遇, what is owed for them, and the budget it is reserved from."""

from benefits.models.budgets import Budget
from benefits.models.dues import Due
from benefits.models.kinds import Grant, PhaseOut, Waiver
from benefits.models.services import Service

__all__ = ["Budget", "Due", "Grant", "PhaseOut", "Service", "Waiver"]
