"""App registration: dues are append-only."""

from django.apps import AppConfig

from audit import triggers


class BenefitsConfig(AppConfig):
    """The benefits room."""

    name = "benefits"
    verbose_name = "待遇"

    def ready(self) -> None:
        """Protect what is owed."""
        triggers.protect("benefits_due", "id", "application_id,period,sequence")
        triggers.protect("benefits_duestop", "id", "due_id")
        triggers.protect("benefits_recovery", "id", "decided_in_id")
        triggers.protect("benefits_recoverypayment", "id", "recovery_id,sequence", "recovery_id,proof_index")
        triggers.protect("benefits_householdchange", "id")
        triggers.protect("benefits_changeoutcome", "id", "change_id")
        triggers.protect("benefits_phaseoutwarning", "id", "phase_out_id", "paper_id")
        triggers.protect("benefits_caselink", "id", "application_id")
        triggers.protect("benefits_periodclaim", "id", "application_id")
        for fact in ("terms", "revival"):
            triggers.protect(f"benefits_waiver{fact}", "id", "waiver_id")
        for fact in ("outlet", "check", "change"):
            triggers.protect(f"benefits_waiver{fact}", "id")
        triggers.protect("benefits_waiveragreement", "id", "waiver_id", "paper_id")
        triggers.protect("benefits_waiverrefund", "id", "waiver_id,reference")
        triggers.protect("benefits_waiverreminder", "id", "waiver_id,due_on")
        triggers.protect("benefits_waiverchangeanswer", "id", "change_id")
        triggers.protect("benefits_tranche", "id", "request_id,budget_id")
        triggers.protect("benefits_waitingplace", "id", "application_id")
