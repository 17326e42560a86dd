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
        triggers.protect("helping_paperform", "id", "code")
        triggers.protect("helping_oralreading", "id")
        triggers.protect("helping_noticephoto", "id", "public_id", "notice_id,sha256")
