"""App registration: what was agreed to is append-only."""

from django.apps import AppConfig

from audit import triggers


class PeopleConfig(AppConfig):
    """The people room."""

    name = "people"
    verbose_name = "人员与机关"

    def ready(self) -> None:
        """Protect texts, consents and withdrawals."""
        triggers.protect("people_consenttext", "id", "code,version")
        triggers.protect("people_consent", "id")
        triggers.protect("people_consentwithdrawal", "id", "consent_id")
