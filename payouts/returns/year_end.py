"""年终清理: what went to the bank by the end of a year and of which it has said nothing."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from payouts.models import Payout


def unanswered(divisions: Collection[str], year: int) -> QuerySet[Payout]:
    """Payouts exported by the last day of the year (Beijing time), neither paid nor returned; oldest first."""
    over = timezone.make_aware(datetime(year + 1, 1, 1))  # noqa: DTZ001 - made aware in Beijing time here
    sent = Payout.objects.filter(state=Payout.State.EXPORTED, batch__exported_at__lt=over)
    mine = sent.filter(due__budget__division__in=divisions)
    return mine.select_related("batch", "due__application").order_by("batch__exported_at", "batch_id", "line")
