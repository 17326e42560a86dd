"""App registration: who helps whom is append-only, and bounds what the helper sees and does."""

from django.apps import AppConfig

from applications import rules_above
from audit import triggers


class HelpingConfig(AppConfig):
    """The helping room."""

    name = "helping"
    verbose_name = "帮办"

    def ready(self) -> None:
        """Protect what was agreed and who ended it; add the rules of mandates to those on one's own cases."""
        rules_above.register("helping.standing.limits")
        rules_above.register("helping.counter.limits")
        rules_above.register("helping.organisations.limits")
        triggers.protect("helping_mandate", "id", "public_id")
        triggers.protect("helping_mandateend", "id", "mandate_id")
        triggers.protect("helping_organisationletter", "id", "public_id")
        triggers.protect("helping_letterruling", "id", "letter_id")
        triggers.protect("helping_letterend", "id", "letter_id")
        triggers.protect("helping_letterwarning", "id", "letter_id")
        triggers.protect("helping_paperform", "id", "code")
        triggers.protect("helping_oralreading", "id")
        triggers.protect("helping_noticephoto", "id", "public_id", "notice_id,sha256")
