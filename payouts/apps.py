"""App registration: what the bank said and what was made of it is append-only."""

from django.apps import AppConfig

from audit import triggers


class PayoutsConfig(AppConfig):
    """The room of money."""

    name = "payouts"
    verbose_name = "拨付"

    def ready(self) -> None:
        """Protect what the bank said."""
        triggers.protect("payouts_returnresult", "id", "file_id,payout_id")
        triggers.protect("payouts_returnruling", "id", "result_id")
