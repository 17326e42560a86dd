"""What did not arrive, and giving it another round."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from telling import jobs
from telling.models import Notice

State = Notice.State
NOT_ARRIVED = (State.FAILED, State.GIVEN_UP)
# What nobody wants any more is no failure, and what nobody can read is not sent again.
NOT_TRIED_AGAIN = ("unwanted", "unreadable", "too_late")


def not_arrived() -> QuerySet[Notice]:
    """Notices that did not leave or did not arrive, the latest first."""
    return Notice.objects.filter(state__in=NOT_ARRIVED).exclude(failure__in=NOT_TRIED_AGAIN).order_by("-settled_at")


def try_again(rows: QuerySet[Notice], keys: Iterable[int], at: datetime) -> int:
    """Give those among `rows` another round of tries, under a key of its own; how many there were."""
    anew = {"state": State.QUEUED, "tries": 0, "next_try_at": at, "settled_at": None, "sent_at": None}
    with transaction.atomic():
        found = rows.filter(pk__in=list(keys), state__in=NOT_ARRIVED).order_by()
        count = found.update(failure="", reference="", send_key="", claim="", lease_until=None, **anew)
        if count:
            jobs.queue()
    return count
