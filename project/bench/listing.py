"""The inbox against hand-written SQL, against viewflow's own queue, and against its own size."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone
from viewflow.workflow.flow.views.filters import FlowUserTaskListFilter
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from applications.models import Application
from approvals import inbox, scope
from approvals.inbox.order import BY_DUE, ORDERS
from people.models import User
from project.bench.crowd import Crowd, crowd
from project.bench.measuring import Measured
from project.demo.clerks import Case
from workflows.flows import CaseFlow

CALLS, COMPARED_CALLS, SLOW_CALLS, PAGE = 40, 120, 5, 26
# How many tasks there are: on the embedded database fewer, a fifth of them open.
SIZES = {"postgresql": (1_000, 100_000, 1_000_000), "sqlite": (1_000, 20_000, 50_000)}
BY_HAND = """
SELECT item.id, item.due_at, item.opened_at, item.closed_at, item.paused_at, item.pause_reason, item.waiting,
    item.stage, item.outcome, item.round, item.clean, item.urged_at, item.escalated_at, item.amount, item.queue_id,
    item.owner_id, item.delegate_id, holder.full_name, holder.username, application.id, application.public_id,
    application.number, application.scheme_code, application.scheme_version_id, application.state, application.round,
    person.name, organisation.name, division.name, division.name_en
FROM workflows_workitem AS item
JOIN applications_application AS application ON application.id = item.case_id
LEFT JOIN people_user AS holder ON holder.id = item.owner_id
LEFT JOIN people_person AS person ON person.id = application.subject_id
LEFT JOIN people_organisation AS organisation ON organisation.id = application.organisation_id
LEFT JOIN people_division AS division ON division.code = application.division_id
WHERE item.queue_id = %s AND item.closed_at IS NULL AND item.paused_at IS NULL AND NOT item.waiting
ORDER BY item.due_at, item.id LIMIT %s
"""
# Whose queues: of one's own posts, and of those that colleagues lent. No page may leave out the second question.
QUEUES_BY_HAND = """
SELECT queue.id, queue.role, office.name, office.name_en FROM people_post AS post
JOIN workflows_queue AS queue ON queue.office_id = post.office_id AND queue.role = post.role
JOIN people_office AS office ON office.id = post.office_id
WHERE post.user_id = %s AND post.starts <= %s AND NOT post.withdrawn AND (post.ends IS NULL OR post.ends >= %s)
"""
LENT_BY_HAND = """
SELECT queue.id, queue.role, office.name, office.name_en, delegation.schemes FROM people_delegation AS delegation
JOIN people_post AS post ON post.id = delegation.post_id
JOIN people_user AS lender ON lender.id = delegation.lender_id
JOIN workflows_queue AS queue ON queue.office_id = post.office_id AND queue.role = post.role
JOIN people_office AS office ON office.id = post.office_id
WHERE delegation.to_id = %s AND delegation.starts <= %s AND delegation.ends >= %s AND delegation.revoked_at IS NULL
    AND lender.is_active AND post.starts <= %s AND NOT post.withdrawn AND (post.ends IS NULL OR post.ends >= %s)
"""
Line = dict[str, Any]


def bench_listing(case: Case) -> Iterator[Line]:
    """Page bytes at every size; at the largest everything else."""
    sizes, least = SIZES[connection.vendor], 0
    for tasks in sizes:
        with crowd(case, tasks) as made:
            for line in _opened(made):
                least = least or line["bytes"]
                yield line | {"bytes_to_smallest": round(line["bytes"] / least, 2)}
            if tasks == sizes[-1]:
                yield from _compared(made)
                yield from _of_one_applicant(made)


def _opened(made: Crowd) -> Iterator[Line]:
    client = _client(made)
    measured = Measured()
    for _turn in range(CALLS):
        page = measured.call(lambda: _get(client, "/inbox/"))
    yield measured.as_json("inbox", f"whole page, {_size(made)}", bytes=len(page))


def _compared(made: Crowd) -> Iterator[Line]:
    """The first page: by hand, ours in each order, and as viewflow's view asks for it, with its count.

    Then the page alone, as a request asks for it that knows its user's queues already, beside its statement by hand.
    """
    for sort in ORDERS:
        filters = inbox.Filters(sort=sort)
        by_hand, ours = _in_turns(lambda: _by_hand(made), lambda f=filters: inbox.page(made.clerk, timezone.now(), f))
        if sort == BY_DUE:
            first = ours
            yield by_hand.as_json("inbox", f"by hand, {_size(made)}")
        yield ours.as_json("inbox", f"first page by {sort}", **_ratios(ours, by_hand))
    queues = scope.listed_queues(made.clerk, timezone.now())
    by_hand, ours = _in_turns(
        lambda: _page_by_hand(queues[0].pk),
        lambda: inbox.page(made.clerk, timezone.now(), inbox.Filters(), queues=queues),
    )
    yield ours.as_json("inbox", "first page, queues known", **_ratios(ours, by_hand))
    stock = _measured(lambda: _stock(made), SLOW_CALLS)
    yield stock.as_json("inbox", "viewflow's queue, with its filter", times_ours=round(stock.p50 / first.p50, 1))


def _ratios(ours: Measured, by_hand: Measured) -> dict[str, float]:
    """Of the whole call, and of the time the database took alone."""
    return {
        "to_by_hand": round(ours.p50 / by_hand.p50, 2),
        "in_database_ms": round(ours.p50_in_database, 2),
        "in_database_to_by_hand": round(ours.p50_in_database / by_hand.p50_in_database, 2),
    }


def _of_one_applicant(made: Crowd) -> Iterator[Line]:
    found = inbox.Filters(tab=inbox.FIND, person=made.person.id_index)
    ours = _measured(lambda: inbox.page(made.clerk, timezone.now(), found), CALLS)
    cases = Application.objects.filter(filed_by=made.applicant)
    yield ours.as_json("inbox", f"find one applicant of {cases.count()} cases, by hash")
    for name, account, address in (
        ("an official finds them, whole page", None, "/inbox/?tab=find&q=BENCH-1"),
        ("their own list, whole page", made.applicant, "/applications/"),
    ):
        client = _client(made, account)
        yield _measured(lambda c=client, a=address: _get(c, a), SLOW_CALLS).as_json("inbox", name)


def _get(client: Client, address: str) -> bytes:
    page = client.get(address)
    if page.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address} answers {page.status_code}")
    return page.content


def _measured(action: Callable[[], Any], calls: int) -> Measured:
    measured = Measured()
    action()
    for _turn in range(calls):
        measured.call(action)
    return measured


def _in_turns(one: Callable[[], Any], other: Callable[[], Any]) -> tuple[Measured, Measured]:
    """Both measured call by call in turn, so that a busy machine is as busy for one as for the other."""
    measured = Measured(), Measured()
    for _turn in range(COMPARED_CALLS):
        measured[0].call(one)
        measured[1].call(other)
    return measured


def _by_hand(made: Crowd) -> list[tuple]:
    """The whole first page by hand: whose queues there are, of one's own posts and of lent ones, then their lines."""
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(QUEUES_BY_HAND, [made.clerk.pk, today, today])
        [queue] = [row[0] for row in cursor.fetchall()]
        cursor.execute(LENT_BY_HAND, [made.clerk.pk, today, today, today, today])
        if cursor.fetchall():
            raise RuntimeError("nobody lends the clerk a post here: the page by hand is of one queue")
    return _page_by_hand(queue)


def _page_by_hand(queue: int) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [queue, PAGE])
        return cursor.fetchall()


def _stock(made: Crowd) -> list[Task]:
    """What viewflow's list of a flow's unassigned tasks does for a request: its filter, the count, the newest first.

    A request has a user of its own: viewflow remembers on it what guardian allows.
    """
    tasks = Task.objects.select_related("process").user_queue(User.objects.get(pk=made.clerk.pk), CaseFlow)
    tasks = tasks.filter(status=STATUS.NEW).order_by("-created")
    str(FlowUserTaskListFilter({}, queryset=tasks).form)
    return list(tasks[: PAGE - 1]) if tasks.count() else []


def _client(made: Crowd, account: User | None = None) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(account or made.clerk)
    return client


def _size(made: Crowd) -> str:
    return f"{made.tasks} tasks, {made.open} open"
