"""Money that came back and keeps its case waiting: no account was confirmed since it had been sent."""

from django.db.models import Exists, OuterRef, QuerySet

from applications.models import Application
from benefits.models import Due
from payouts.models import AccountCorrection, Payout
from payouts.models.batches import SIGNED


def corrected() -> QuerySet[AccountCorrection]:
    """For a query over payouts: the accounts of its case confirmed since its batch was sealed."""
    return AccountCorrection.objects.filter(
        application=OuterRef("due__application"),
        state=AccountCorrection.State.CONFIRMED,
        checked_at__gt=OuterRef("batch__sealed_at"),
    )


def keeps_waiting(application: Application) -> bool:
    """Whether the case needs another account: money came back from the one on record, and something is owed still.

    It is the account that failed: it does not matter whether the very due that came back was stopped since.
    """
    back = Payout.objects.filter(due__application=application, state=Payout.State.RETURNED)
    signed = Payout.objects.live().filter(batch__state__in=SIGNED).values("due")
    owed = Due.objects.filter(application=application, stop__isnull=True).exclude(pk__in=signed)
    return back.filter(~Exists(corrected())).exists() and owed.exists()
