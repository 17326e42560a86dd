"""Cases for bulk runs: filed at one school and waiting for its clerk, or before the prefecture's approver."""

from uuid import uuid4

from approvals.bulk import choosing, jobs, starting, work
from approvals.models.bulk import BulkRun
from people.models import User
from project.demo.clerks import Case
from tests import world
from workflows.models import WorkItem

APPROVER = "prefecture-approver"


def ready(count: int, first: int = 0) -> list[Case]:
    """Grants before the approver, one person each."""
    return [world.at_decision(2 * n) for n in range(first, first + count)]


def items_of(cases: list[Case]) -> list[int]:
    """The open item of each case."""
    return [case.item().pk for case in cases]


def chosen(cases: list[Case], user: User | None = None) -> choosing.Choice:
    """What the approver chose."""
    return choosing.choose(user or world.user(APPROVER), items_of(cases), cases[-1].later())


def started(cases: list[Case], outcome: str = "grant", text: str = "准予。", user: User | None = None) -> BulkRun:
    """A run that waits for its worker."""
    user = user or world.user(APPROVER)
    return starting.start(user, chosen(cases, user), outcome, text, uuid4(), cases[-1].at)


def worked(run: BulkRun) -> BulkRun:
    """The run, after its worker."""
    work.work(run.pk)
    run.refresh_from_db()
    return run


def results(run: BulkRun) -> list[tuple[str, str]]:
    """Result and code of each line in order."""
    return list(run.lines.order_by("item").values_list("result", "code"))


def item_of(case: Case) -> WorkItem:
    """The last item of a case, open or closed."""
    return WorkItem.objects.filter(case_id=case.application.pk).latest("pk")


def unqueued(monkeypatch) -> None:
    """Runs are started without a worker."""
    monkeypatch.setattr(jobs, "queue", lambda run: None)


def breaks_once(real, error, times=1, after=0):
    """A stand-in that raises on `times` calls after the first `after`, and works like the real one otherwise."""
    calls = []

    def stand_in(*args, **kwargs):
        calls.append(args)
        if after < len(calls) <= after + times:
            raise error
        return real(*args, **kwargs)

    return stand_in
