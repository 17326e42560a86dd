"""Another try for papers that were given up."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from approvals.printing import queue
from audit import chain
from papers import jobs
from papers.models import Paper
from people.models import User
from people.refusals import Conflict, NotFound

MOST = 500  # at a time; whoever has more presses again


def try_again(user: User, at: datetime, pk: int | None = None) -> int:
    """Queue the paper, or all that failed at the user's offices, the oldest first; how many there were.

    One event for each office: how many, of which kinds. Raises NotFound for a paper of another office, and Conflict
    when nothing failed (any more): somebody else was first.
    """
    with transaction.atomic():
        wanted = queue.unmade(user, at)
        if pk is not None and not Paper.objects.filter(pk=pk, office__in=queue.offices_of(user, at)).exists():
            raise NotFound()
        chosen = wanted.filter(pk=pk) if pk is not None else wanted.filter(state=Paper.State.FAILED).order_by("pk")
        taken = jobs.queue_failed(list(chosen.values_list("pk", flat=True)[:MOST]), at)
        if not taken:
            raise Conflict(_("没有需要重新生成的文书，可能已经有人处理。请刷新页面。"), code="none_failed")
        _record(user, taken, at)
    return len(taken)


def _record(user: User, taken: list[Paper], at: datetime) -> None:
    offices = sorted({paper.office_id for paper in taken})
    for office in offices:
        kinds = Counter(paper.failure for paper in taken if paper.office_id == office)
        data = {"office": office, "count": kinds.total(), "kinds": dict(kinds)}
        chain.append(f"papers:{office}", "papers.tried_again", actor=user.username, at=at, data=data)
