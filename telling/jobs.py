"""The worker's job: sending what was just written, and what the clock finds waiting. Nobody else sends.

One job waits at most: it sends whatever is due when it begins, so a second one would find nothing.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from telling import sending


@task()
def send_notices() -> int:
    """Send what is due; how many messages went out. What a run of a minute leaves is sent by another."""
    sent = sending.send_due(timezone.now)
    begin(timezone.now())
    return sent


def begin(at: datetime) -> int:
    """By the clock: have a worker send where something is due; how much is. Safe late, and twice."""
    due = sending.count_due(at)
    if due:
        _enqueue()
    return due


def queue() -> None:
    """Have a worker begin once the transaction is committed."""
    transaction.on_commit(_enqueue)


def _enqueue() -> None:
    if not DBTaskResult.objects.ready().filter(task_path=send_notices.module_path).exists():
        send_notices.enqueue()
