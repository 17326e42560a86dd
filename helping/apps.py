"""App registration: who helps whom is append-only."""

from django.apps import AppConfig

from audit import triggers


class HelpingConfig(AppConfig):
    """The helping room."""

    name = "helping"
    verbose_name = "帮办"

    def ready(self) -> None:
        """Protect what was agreed and who ended it."""
        triggers.protect("helping_mandate", "id", "public_id")
        triggers.protect("helping_mandateend", "id", "mandate_id")
