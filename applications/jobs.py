"""Jobs of this room: idempotent, resumed when their worker is killed."""

from datetime import datetime

from django.db import transaction
from django_tasks import task

from applications import leases, what_if, what_if_work
from applications.models.what_if import WhatIfRun

OPEN = (WhatIfRun.State.QUEUED, WhatIfRun.State.RUNNING)


@task()
def run_what_if(run_id: int) -> bool:
    """Work on a run until it ends, if no other worker has it."""
    return what_if_work.work(run_id)


def queue(run: WhatIfRun) -> None:
    """Have a worker begin once the transaction is committed."""
    transaction.on_commit(lambda: run_what_if.enqueue(run.pk))


def resume_what_ifs(at: datetime) -> int:
    """Queue anew the runs nobody works on: their job was lost, or their worker was killed; how many there were."""
    return leases.queue_anew(WhatIfRun.objects.filter(state__in=OPEN), at, what_if.LEASE, run_what_if.enqueue)
