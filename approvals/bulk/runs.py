"""Bulk runs: who sees which, how one is cancelled and closed, and its events."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from approvals.models.bulk import BulkRun
from audit import chain
from people import vault
from people.finding import one_of
from people.models import User
from people.posts import posts_of
from people.refusals import Conflict

WORDS = "bulk"
SUPERVISOR = "supervisor"
# How long a worker may stay silent before another takes over; a case takes well under a second.
LEASE = timedelta(minutes=2)
RunState = BulkRun.State


def visible_runs(user: User, at: datetime) -> QuerySet[BulkRun]:
    """The user's own runs, and those of offices they supervise."""
    supervised = {post.office_id for post in posts_of(user, at) if post.role == SUPERVISOR}
    return BulkRun.objects.filter(Q(user=user) | Q(office__in=supervised))


def run_of(user: User, pk: int, at: datetime) -> BulkRun:
    """A run the user may see. Raises NotFound for everybody else."""
    return one_of(visible_runs(user, at).select_related("user", "on_behalf_of", "office", "data_key"), pk=pk)


def cancel(user: User, pk: int, at: datetime) -> BulkRun:
    """Stop a run: the case being done at this moment is the last, or is not done at all.

    Raises NotFound, and Conflict for another's run and for one that has already ended.
    """
    run_of(user, pk, at)
    with transaction.atomic():
        run = BulkRun.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        if run.user_id != user.pk:
            raise Conflict(_("批量办理只能由发起人取消。"), code="not_yours")
        if not run.is_open:
            raise Conflict(_("这次批量办理已经结束，不能再取消。已经办理的件不受影响。"), code="bulk_ended")
        end(run, RunState.CANCELLED, at)
        record(run, "cancelled", user.username, at)
    return run


def end(run: BulkRun, state: str, at: datetime, failure: str = "") -> None:
    """Close a locked run."""
    run.state, run.ended_at, run.claim, run.failure = state, at, "", failure
    run.save(update_fields=["state", "ended_at", "claim", "failure"])


def words_of(run: BulkRun) -> str:
    """What is said in every case of the run. Raises VaultError where it cannot be opened."""
    return vault.decrypt(run.data_key, bytes(run.text), WORDS)


def record(run: BulkRun, step: str, actor: str, at: datetime, **more: object) -> None:
    """Write the step into the run's own chain: counts and codes only."""
    data = {"run": run.pk, "office": run.office_id, "done": run.done, "refused": run.refused, **more}
    chain.append(f"bulk:{run.pk}", f"bulk.{step}", actor=actor, at=at, data=data)
