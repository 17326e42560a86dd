"""Very many open items, made in one statement and gone when the block ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from workflows.models import Queue, WorkItem

COPY = """
INSERT INTO workflows_workitem (process_id, task_id, case_id, scheme, stage, kind, seat, queue_id, prefecture_id,
    county_id, owner_id, opened_at, due_at, paused_at, closed_at, outcome)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)
SELECT item.process_id, item.task_id, item.case_id, item.scheme, item.stage, item.kind, 'copy-' || numbers.n,
    item.queue_id, item.prefecture_id, item.county_id, item.owner_id, item.opened_at, item.due_at, NULL, NULL, ''
FROM (SELECT * FROM workflows_workitem WHERE queue_id = %s AND closed_at IS NULL ORDER BY id LIMIT 1) AS item, numbers
"""


@contextmanager
def open_items(queue: Queue, extra: int) -> Iterator[int]:
    """Add `extra` copies of an open item of the queue; how many are open then. Rolled back at the end."""
    with transaction.atomic():
        if extra:
            with connection.cursor() as cursor:
                cursor.execute(COPY, [extra, queue.pk])
                cursor.execute("ANALYZE workflows_workitem")
        yield WorkItem.objects.filter(queue=queue, closed_at__isnull=True).count()
        transaction.set_rollback(True)
