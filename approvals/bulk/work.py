"""The work of a bulk run: case after case in order of id, each decided in a transaction of its own together with its
line and the run's cursor. So a killed worker's run goes on exactly where it stopped, and nothing is done twice.
"""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from applications import door, leases
from applications.models import Application
from approvals import decide
from approvals.bulk import runs
from approvals.bulk.clean import look_around, outcome_for, why_not
from approvals.bulk.reasons import BUSY, FAULT, INTERRUPTED, NO_AUTHORITY, OTHER_OFFICE, OTHER_OUTCOME
from approvals.models.bulk import BulkLine, BulkRun
from approvals.said import Said
from people.refusals import Conflict, NotFound, Refused
from workflows.models import WorkItem

log = logging.getLogger(__name__)
LINES_AHEAD = 200
MOST_ATTEMPTS = 5  # without any case done between them
BUSY_TRIES = 3
RunState, Result = BulkRun.State, BulkLine.Result


class Stopped(Exception):
    """The run is no longer this worker's: cancelled, or taken over."""


class NoAuthority(Exception):
    """Who started the run may not act on these items any more."""


def work(run_id: int) -> bool:
    """Bring a run to its end; False when it is ended already, another worker has it, or it could not be ended."""
    run = _claimed(run_id)
    if run is None:
        return False
    try:
        said = Said(run.outcome, text=runs.words_of(run))
        for line in _lines(run):
            _do(run, line, said)
        return _close(run, RunState.DONE)
    except Stopped:
        return False
    except NoAuthority:
        return _close(run, RunState.FAILED, NO_AUTHORITY) and False
    except Exception:
        log.exception("bulk run %s broke off", run_id)
        return False


def _claimed(run_id: int) -> BulkRun | None:
    """Take the run, if it waits for somebody."""
    rows = BulkRun.objects.select_related("user", "data_key")
    run = leases.take(rows, run_id, (RunState.QUEUED, RunState.RUNNING), runs.LEASE)
    if run is not None and run.attempts > MOST_ATTEMPTS:
        _close(run, RunState.FAILED, INTERRUPTED)
        return None
    return run


def _lines(run: BulkRun) -> Iterator[BulkLine]:
    """The lines still to be done, a few at a time: a long run takes no more memory than a short one."""
    after = run.cursor
    while True:
        ahead = BulkLine.objects.filter(run=run.pk, result=Result.WAITING, item__gt=after).order_by("item")
        lines = list(ahead[:LINES_AHEAD])
        if not lines:
            return
        yield from lines
        after = lines[-1].item_id


def _do(run: BulkRun, line: BulkLine, said: Said) -> None:
    """One case, with its line and the cursor; tried again while others hold it. Raises Stopped and NoAuthority."""
    for _try in range(BUSY_TRIES):
        try:
            with transaction.atomic():
                _note(run, line, _outcome_of(run, line, said))
            return
        except OperationalError:
            log.warning("bulk run %s: item %s is held by others", run.pk, line.item_id)
    with transaction.atomic():
        _note(run, line, BUSY)


def _outcome_of(run: BulkRun, line: BulkLine, said: Said) -> str:
    """Act, or undo and say why not: the code, "" when it is done."""
    try:
        with transaction.atomic():
            _act(run, line, said, timezone.now())
    except NotFound as refusal:
        raise NoAuthority from refusal
    except Refused as refusal:
        return refusal.code
    except OperationalError:
        raise
    except Exception:
        log.exception("bulk run %s: item %s could not be done", run.pk, line.item_id)
        return FAULT
    return ""


def _act(run: BulkRun, line: BulkLine, said: Said, at: datetime) -> None:
    """Through the one door, as if the page had been opened: whether it is still clean is looked at under the lock."""
    keys = WorkItem.objects.values_list("case_id", "process_id").get(pk=line.item_id)
    with door.open_locked(*keys, user=run.user, at=at) as case:
        item = WorkItem.objects.select_related("queue__office", "owner").get(pk=line.item_id)
        if item.queue.office_id != run.office_id:  # it was taken to another office meanwhile
            raise Conflict(code=OTHER_OFFICE)
        decide.stand(case, item)
        if item.closed_at is None and case.application.version != line.version:
            raise Conflict(code="stale")
        _check_clean(run, item, case.application, at)
        case.application = decide.act(run.user, item.pk, said, at)
        case.record("official.bulk", stage=item.stage, run=run.pk)


def _check_clean(run: BulkRun, item: WorkItem, application: Application, at: datetime) -> None:
    code = why_not(item, application, look_around(run.user, [(item, application)], at))
    if not code and outcome_for(item, application) != run.outcome:
        code = OTHER_OUTCOME
    if code:
        raise Conflict(code=code)


def _note(run: BulkRun, line: BulkLine, code: str) -> None:
    """Write the result and move on, if the run is still this worker's. Raises Stopped, which undoes the act."""
    now = timezone.now()
    result = Result.REFUSED if code else Result.DONE
    BulkLine.objects.filter(pk=line.pk).update(result=result, code=code[:40], at=now)
    mine = leases.kept(run, RunState.RUNNING)
    counted = {"refused": F("refused") + 1} if code else {"done": F("done") + 1}
    if not mine.update(cursor=line.item_id, lease_until=now + runs.LEASE, attempts=0, **counted):
        raise Stopped


def _close(run: BulkRun, state: str, failure: str = "") -> bool:
    """Close the run with its event, if it is still this worker's."""
    at = timezone.now()
    with transaction.atomic():
        locked = leases.kept(run, RunState.RUNNING).select_for_update(of=("self",), no_key=True).first()
        if locked is None:
            return False
        runs.end(locked, state, at, failure)
        runs.record(locked, "finished" if state == RunState.DONE else "failed", run.user.username, at, failure=failure)
    return True
