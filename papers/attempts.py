"""Work that workers take by turns: a row is claimed before the work begins, tried again with growing pauses, given up.

For rows with `state` (queued, ready, failed), `attempts`, `next_attempt_at` and `failure`. A claim counts the attempt
and sets the next: a row whose worker dies is simply due again later, and one that kills its workers ends as failed.
`waiting` is the query of all rows that are queued; `pauses` are the minutes until the next attempt, after each.
"""

from datetime import datetime, timedelta

from django.db.models import F, Model, QuerySet

PAUSES = (1, 5, 30, 120)  # what a paper is given; after the last the row has failed
INTERRUPTED = "Interrupted"
QUEUED, FAILED = "queued", "failed"


def claim(
    waiting: QuerySet, row: Model, at: datetime, *, pauses: tuple[int, ...] = PAUSES, patient: bool = True
) -> bool:
    """Count the attempt, if nobody else has since the row was read. One statement: it needs no lock kept.

    `patient` leaves alone a row whose next attempt is still to come.
    """
    mine = waiting.filter(pk=row.pk, attempts=row.attempts)
    if patient:
        mine = mine.filter(next_attempt_at__lte=at)
    if row.attempts >= len(pauses):
        mine.update(state=FAILED, failure=row.failure or INTERRUPTED)
        return False
    pause = timedelta(minutes=pauses[row.attempts])
    claimed = mine.update(attempts=F("attempts") + 1, next_attempt_at=at + pause, failure="")
    row.attempts += claimed
    return bool(claimed)


def note(waiting: QuerySet, row: Model, failure: str, *, pauses: tuple[int, ...] = PAUSES, final: bool = False) -> None:
    """Keep the kind of error, whose words might quote the content; the last attempt ends the waiting."""
    state = FAILED if final or row.attempts >= len(pauses) else QUEUED
    waiting.filter(pk=row.pk, attempts=row.attempts).update(state=state, failure=failure)
