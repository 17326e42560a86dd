"""App registration: moves are append-only."""

from django.apps import AppConfig

from audit import triggers


class ApprovalsConfig(AppConfig):
    """The approvals room."""

    name = "approvals"
    verbose_name = "审批"

    def ready(self) -> None:
        """Protect what was done with cases."""
        triggers.protect("approvals_move", "id")
        triggers.protect("applications_timenote", "id")
        triggers.protect("approvals_benefitreview", "id")
        triggers.protect("approvals_note", "id")
        triggers.protect("approvals_fieldvalue", "id")
        triggers.protect("approvals_dossierminutes", "id")
        triggers.protect("approvals_visitphoto", "id", "public_id", "visit_id,token")
