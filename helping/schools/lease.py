"""Who works on a batch holds it for a while: renewed with every student, lost by whoever is killed."""

from datetime import timedelta

from django.utils import timezone

from helping.models import SchoolBatch

LEASE = timedelta(minutes=2)
WORKING = (SchoolBatch.State.MAKING, SchoolBatch.State.FILING)


def take(pk: int) -> SchoolBatch | None:
    """The batch, if it waits for somebody and nobody has it."""
    now = timezone.now()
    free = SchoolBatch.objects.filter(pk=pk, state__in=WORKING, lease_until__lte=now)
    if not free.update(lease_until=now + LEASE):
        return None
    return SchoolBatch.objects.select_related("office", "scheme_version", "data_key", "brought_by").get(pk=pk)


def renew(batch: SchoolBatch) -> None:
    """Keep it: the worker is alive."""
    SchoolBatch.objects.filter(pk=batch.pk, state=batch.state).update(lease_until=timezone.now() + LEASE)


def give_back(batch: SchoolBatch) -> None:
    """The work is done."""
    SchoolBatch.objects.filter(pk=batch.pk, state=batch.state).update(state=SchoolBatch.State.MADE, lease_until=None)
