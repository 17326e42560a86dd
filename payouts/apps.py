"""App registration: what the bank said and what was made of it is append-only, and so are holds."""

from django.apps import AppConfig
from django.core import checks

from audit import triggers
from payouts.profiles.checks import check_profiles


class PayoutsConfig(AppConfig):
    """The room of money."""

    name = "payouts"
    verbose_name = "拨付"

    def ready(self) -> None:
        """Protect what the bank said, and why lines waited."""
        checks.register(check_profiles)
        triggers.protect("payouts_batchfile", "id", "batch_id,kind,part")
        triggers.protect("payouts_returnresult", "id", "file_id,payout_id")
        triggers.protect("payouts_returnruling", "id", "result_id")
        triggers.protect("payouts_roster", "id", "data_key_id", "office_id,kind,sha256")
        triggers.protect("payouts_rosterentry", "id", "roster_id,id_index")
        triggers.protect("payouts_hold", "id", "due_id,entry_id")
        triggers.protect("payouts_holdlifted", "id", "hold_id")
