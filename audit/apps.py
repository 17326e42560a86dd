"""App registration: append-only tables get their triggers after every migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from audit import checks, triggers


class AuditConfig(AppConfig):
    """The audit room."""

    name = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Protect the chains."""
        triggers.protect("audit_event", "id", "stream,seq")
        triggers.protect("audit_anchor", "seq")
        triggers.protect("audit_anchoredhead", "id", "anchor_id,stream")
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="append_only_triggers")


__all__ = ["AuditConfig", "checks"]
