"""A province at work: 130 counties, five tasks a case, the last of each open and newest. Gone when the block ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from applications.models import Application
from people.models import DataKey, Division, Office, Person, User
from people.posts import appoint
from project.bench.copying import copy, moment, nothing, serial_uuid, text
from project.bench.scratch import filled, scratch
from project.demo.clerks import Case
from workflows.models import Queue, WorkItem

COUNTIES, ROUNDS, OF_ONE, PERSONS = 130, 5, 1000, 20_000
FIRST = 100_000_000
MINUTE, DAY = 60, 86_400


@dataclass(frozen=True)
class Crowd:
    """Who looks: the clerk of the first county; whose OF_ONE cases there are: `applicant`, who filed them alone."""

    clerk: User
    applicant: User
    person: Person
    queue: Queue
    tasks: int
    open: int


@contextmanager
def crowd(case: Case, tasks: int) -> Iterator[Crowd]:
    """So many tasks, a fifth of them open, made like the open one of a case."""
    with scratch():
        made = _made(case, tasks)
        filled()
        yield made


def _made(case: Case, tasks: int) -> Crowd:
    item, count = case.item(), tasks // ROUNDS
    offices, queues = _places(item.queue.office)
    clerk = User.objects.create(username="bench-clerk", last_name="办件人")
    appoint(clerk, offices[0], "clerk", timezone.localdate() - timedelta(days=1))
    applicant = User.objects.create(username="bench-applicant", last_name="申请人")
    _persons(case, min(PERSONS, count))
    _cases(case, applicant, count)
    _tasks(item, tasks)
    _items(item, tasks)
    return Crowd(clerk, applicant, Person.objects.get(pk=FIRST), queues[0], tasks, count)


def _places(like: Office) -> tuple[list[Office], list[Queue]]:
    """An office and its clerks' queue in each county, with keys in one row."""
    taken = Office.objects.filter(function=like.function).values("division")
    counties = Division.objects.filter(level="county").exclude(pk__in=taken).order_by("pk")[:COUNTIES]
    fields = {field.attname: getattr(like, field.attname) for field in Office._meta.concrete_fields}
    offices = [
        Office(**fields | {"id": FIRST + n, "division_id": one.pk, "document_prefix": f"测{n}"})
        for n, one in enumerate(counties)
    ]
    Office.objects.bulk_create(offices)
    queues = [Queue(pk=office.pk, office=office, role="clerk") for office in offices]
    return offices, Queue.objects.bulk_create(queues)


def _persons(case: Case, count: int) -> None:
    like = case.application.subject
    key = serial_uuid(1, "n")
    copy(DataKey, like.data_key_id, count, id=key)
    values = {"id": f"{FIRST} + n", "public_id": serial_uuid(1, "n"), "data_key_id": key}
    copy(Person, like.pk, count, **values, name=f"'张量' || {text('n')}", id_index=f"'bench-' || {text('n')}")


def _cases(case: Case, applicant: User, count: int) -> None:
    """The first OF_ONE are those of one person, all in the first county; the others are spread."""
    like, at = case.application, timezone.now()
    key, own = serial_uuid(2, "n"), f"n < {OF_ONE}"
    copy(DataKey, like.data_key_id, count, id=key)
    copy(Process, like.process_ref, count, id=f"{FIRST} + n", data=nothing("json"))
    person = f"{FIRST} + n % {min(PERSONS, count)}"
    copy(
        Application, like.pk, count,
        id=f"{FIRST} + n", public_id=f"'z' || {text(f'{FIRST} + n')}", number=f"'BENCH-' || {text('n')}",
        subject_id=f"CASE WHEN {own} THEN {FIRST} ELSE {person} END", payee_id="NULL", once_group="''",
        filed_by_id=f"CASE WHEN {own} THEN {applicant.pk} ELSE {like.filed_by_id} END",
        division_id=_division("n"), process_ref=f"{FIRST} + n", data_key_id=key,
        answers=nothing("bytes"), assessment=nothing("bytes"), submitted_at=moment(at, f"(n - {count}) * {MINUTE}"),
    )  # fmt: skip


def _county(case: str) -> str:
    """SQL for the key of the office, and of the queue, of a case."""
    return f"(CASE WHEN {case} < {OF_ONE} THEN {FIRST} ELSE {FIRST} + ({case}) % {COUNTIES} END)"


def _division(case: str) -> str:
    """SQL for the division of a case."""
    return f"(SELECT division_id FROM people_office WHERE people_office.id = {_county(case)})"  # noqa: S608 - ours


def _tasks(item: WorkItem, tasks: int) -> None:
    """As viewflow would have them: the permission on the office is asked for, the last of each case is new."""
    count, at = tasks // ROUNDS, timezone.now()
    is_open, case = f"n >= {tasks - count}", f"n % {count}"
    copy(
        Task, item.task_id, tasks,
        id=f"{FIRST} + n", process_id=f"{FIRST} + {case}", data=nothing("json"), owner_id="NULL",
        status=f"CASE WHEN {is_open} THEN '{STATUS.NEW}' ELSE '{STATUS.DONE}' END",
        flow_task_type="'HUMAN'", owner_permission="'people.accept_cases'",
        owner_permission_content_type_id=str(ContentType.objects.get_for_model(Office).pk),
        owner_permission_obj_pk=text(_county(case)),
        created=moment(at, f"(n - {tasks}) * {MINUTE}"),
    )  # fmt: skip


def _items(item: WorkItem, tasks: int) -> None:
    count, at = tasks // ROUNDS, timezone.now()
    is_open, case = f"n >= {tasks - count}", f"n % {count}"
    arrived = f"(n - {tasks}) * {MINUTE}"
    copy(
        WorkItem, item.pk, tasks,
        id=f"{FIRST} + n", process_id=f"{FIRST} + {case}", task_id=f"{FIRST} + n", case_id=f"{FIRST} + {case}",
        queue_id=_county(case),
        county_id=_division(case), owner_id="NULL", paused_at="NULL",
        opened_at=moment(at, arrived), due_at=moment(at, f"{arrived} + (5 + n % 15) * {DAY}"),
        closed_at=f"CASE WHEN {is_open} THEN NULL ELSE {moment(at, arrived)} END",
        outcome=f"CASE WHEN {is_open} THEN '' ELSE 'done' END", amount="100 * (n % 50)",
    )  # fmt: skip
