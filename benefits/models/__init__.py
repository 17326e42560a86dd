"""Benefits 待遇, what is owed for them, and the budget it is reserved from."""

from benefits.models.budgets import Budget
from benefits.models.changes import CaseLink, ChangeOutcome, HouseholdChange, PhaseOutWarning
from benefits.models.dues import Due
from benefits.models.kinds import Grant, PhaseOut, Waiver
from benefits.models.recoveries import RecoveryPayment
from benefits.models.services import Service
from benefits.models.stops import DueStop, Recovery

__all__ = [
    "Budget",
    "CaseLink",
    "ChangeOutcome",
    "Due",
    "DueStop",
    "Grant",
    "HouseholdChange",
    "PhaseOut",
    "PhaseOutWarning",
    "Recovery",
    "RecoveryPayment",
    "Service",
    "Waiver",
]
