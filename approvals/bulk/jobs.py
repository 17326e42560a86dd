"""Jobs of bulk runs: idempotent, resumed when their worker is killed."""

from datetime import datetime

from django.db import transaction
from django_tasks import task

from applications import leases
from approvals.bulk import runs, work
from approvals.models.bulk import BulkRun

OPEN = (BulkRun.State.QUEUED, BulkRun.State.RUNNING)


@task()
def run_bulk(run_id: int) -> bool:
    """Work on a run until it ends, if no other worker has it."""
    return work.work(run_id)


def queue(run: BulkRun) -> None:
    """Have a worker begin once the transaction is committed."""
    transaction.on_commit(lambda: run_bulk.enqueue(run.pk))


def resume_bulk(at: datetime) -> int:
    """Queue anew the runs nobody works on: their job was lost, or their worker was killed; how many there were."""
    return leases.queue_anew(BulkRun.objects.filter(state__in=OPEN), at, runs.LEASE, run_bulk.enqueue)
