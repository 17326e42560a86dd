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
    return _back().filter(due__application=application).exists() and _owed().filter(application=application).exists()


def uncorrected(case: str) -> QuerySet[Payout]:
    """For a query over rows that name a case in `case`: its money that came back from the account on record."""
    return _back().filter(due__application=OuterRef(case))


def unpaid(case: str) -> QuerySet[Due]:
    """For a query over rows that name a case in `case`: what is still owed in it."""
    return _owed().filter(application=OuterRef(case))


def _back() -> QuerySet[Payout]:
    """What went to a bank that gave a loan is not the applicant's to correct: finance keeps the accounts of banks."""
    return Payout.objects.filter(~Exists(corrected()), state=Payout.State.RETURNED, due__bank__isnull=True)


def _owed() -> QuerySet[Due]:
    signed = Payout.objects.live().filter(due=OuterRef("pk"), batch__state__in=SIGNED)
    return Due.objects.filter(~Exists(signed), stop__isnull=True)
