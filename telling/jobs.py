"""The worker's job: sending at once what was just written. What it leaves behind the clock sends (sending.send_due)."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from telling import sending


@task()
def send_notices() -> int:
    """Send what is due; how many messages went out."""
    return sending.send_due(timezone.now())


def queue() -> None:
    """Have a worker begin once the transaction is committed."""
    transaction.on_commit(send_notices.enqueue)
