"""Benefits 待遇, what is owed for them, and the budget it is reserved from."""

from benefits.models.banks import LoanBank, LoanBankAccount
from benefits.models.budgets import Budget
from benefits.models.changes import CaseLink, ChangeOutcome, HouseholdChange, PhaseOutWarning
from benefits.models.dues import Due
from benefits.models.entitlements import ClaimedMonth, Entitlement, PeriodClaim
from benefits.models.kinds import Grant, PhaseOut, Waiver
from benefits.models.milestones import Milestone, MilestoneExtension, MilestoneReminder, MilestoneReport
from benefits.models.recoveries import RecoveryPayment
from benefits.models.services import Service
from benefits.models.stops import DueStop, Recovery
from benefits.models.tranches import BudgetRequest, Tranche
from benefits.models.waiting import WaitingPlace
from benefits.models.waivers import (
    Ground,
    WaiverAgreement,
    WaiverChange,
    WaiverChangeAnswer,
    WaiverCheck,
    WaiverOutlet,
    WaiverRefund,
    WaiverReminder,
    WaiverRevival,
    WaiverTerms,
)

__all__ = [
    "Budget",
    "BudgetRequest",
    "CaseLink",
    "ChangeOutcome",
    "ClaimedMonth",
    "Due",
    "DueStop",
    "Entitlement",
    "Grant",
    "Ground",
    "HouseholdChange",
    "LoanBank",
    "LoanBankAccount",
    "Milestone",
    "MilestoneExtension",
    "MilestoneReminder",
    "MilestoneReport",
    "PeriodClaim",
    "PhaseOut",
    "PhaseOutWarning",
    "Recovery",
    "RecoveryPayment",
    "Service",
    "Tranche",
    "WaitingPlace",
    "Waiver",
    "WaiverAgreement",
    "WaiverChange",
    "WaiverChangeAnswer",
    "WaiverCheck",
    "WaiverOutlet",
    "WaiverRefund",
    "WaiverReminder",
    "WaiverRevival",
    "WaiverTerms",
]
