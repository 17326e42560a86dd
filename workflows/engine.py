"""The verbs of a route: start, close a seat, advance, return, pause, resume, cancel.

Every verb runs inside the door's transaction, with the process row locked. None writes the state of a case.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from viewflow.workflow.models import Process

from people.models import User
from schemes import procedures
from schemes.definition import SchemeDefinition
from schemes.models import SchemeVersion
from schemes.routes import AFTER_DECISION, Seat, Stage
from workflows import added, calendar, items, sampling
from workflows.flows import CaseFlow
from workflows.models import WorkItem
from workflows.pausing import start_clock
from workflows.places import Place, office_for
from workflows.routing import ahead as stages_ahead
from workflows.routing import applying, following, note_draws


@dataclass(frozen=True)
class Position:
    """Where a route stands: the stage, or None at its end; and the lots drawn for the first time on the way."""

    process: Process
    stage: Stage | None
    draws: tuple[sampling.Draw, ...] = ()


def start(
    case_id: int,
    version: SchemeVersion,
    place: Place,
    routing: dict[str, Any],
    at: datetime,
    *,
    procedure: str = "",
    accepted: bool = False,
) -> Position:
    """Open a route at its first stage; that of a built-in `procedure` where one is named, else the scheme's.

    `accepted`: the case was accepted in an earlier round, the route begins with what comes after.
    Raises Invalid when a stage that will come has no office.
    """
    definition = procedures.followed(version.definition, procedure)
    ahead = stages_ahead(definition, None, routing)
    ahead = [stage for stage in ahead if not (accepted and stage.kind == "accept")]
    _check_offices(ahead, place, routing)
    data = {
        "case": case_id,
        "version": version.pk,
        "place": place.as_data(),
        "routing": routing,
        "stage": ahead[0].code,
        **({"procedure": procedure} if procedure else {}),
        **sampling.seed_for(definition),
    }
    with transaction.atomic():
        process = CaseFlow.start.run(data=data)
    return _open_seats(process, at)


def lock(process_id: int) -> Process:
    """Lock the process row: the first lock of the global order."""
    return Process.objects.select_for_update(of=("self",), no_key=True).get(pk=process_id)


def lock_all(process_ids: Iterable[int]) -> dict[int, Process]:
    """Lock many process rows, by number; each by its number."""
    rows = Process.objects.filter(pk__in=process_ids).order_by("pk")
    return {process.pk: process for process in rows.select_for_update(of=("self",), no_key=True)}


def definition_of(process: Process) -> SchemeDefinition:
    """The frozen definition the route follows, with the stages of the procedure where it follows one."""
    return procedures.followed(_definition(process.data["version"]), process.data.get("procedure", ""))


@lru_cache(maxsize=128)
def _definition(version: int) -> SchemeDefinition:
    # Versions are append-only: what a number once meant it means for ever.
    return SchemeVersion.objects.get(pk=version).definition


def stage_of(process: Process) -> Stage | None:
    """The stage the route stands at."""
    code = process.data["stage"]
    return definition_of(process).stage(code) if code else None


def close_seat(item: WorkItem, user: User | None, at: datetime, outcome: str = WorkItem.Outcome.DONE) -> bool:
    """Close one seat; True when this completes the stage. Seats no longer needed are closed as moot.

    The seats of the route are enough when enough said yes, when one said no (AGAINST) and the stage says that ends it,
    or when none is left. The stage is complete once every seat added to those that were needed is closed too: what
    an added seat says is heard, it is not counted. Seats that waited for this one wake up.
    """
    close_only(item, user, at, outcome)
    return complete(item, at)


def close_only(item: WorkItem, user: User | None, at: datetime, outcome: str = WorkItem.Outcome.DONE) -> None:
    """Close one seat without asking whether the stage is complete; one that waited for money has its days back."""
    if item.pause_reason == WorkItem.PauseReason.MONEY:
        start_clock(item, definition_of(item.process), at)
    item.owner, item.delegate, item.waiting = user, None, False
    item.closed_at, item.outcome = at, outcome
    item.save(update_fields=["owner", "delegate", "waiting", "closed_at", "outcome"])


def drop_seat(item: WorkItem, at: datetime) -> bool:
    """Close an added seat that has not spoken 减签; True when this completes the stage."""
    close_only(item, None, at, WorkItem.Outcome.DROPPED)
    return complete(item, at)


def complete(item: WorkItem, at: datetime) -> bool:
    """Whether the stage of a seat just closed is complete; seats are woken, or closed as moot, as far as it is."""
    stage = definition_of(item.process).stage(item.stage)
    route = WorkItem.objects.filter(task_id=item.task_id, placement=WorkItem.Placement.ROUTE)
    # A seat taken back stays on record as returned; its renewal is the one that counts.
    seats = list(route.exclude(outcome=WorkItem.Outcome.RETURNED).values_list("outcome", flat=True))
    enough = seats.count(WorkItem.Outcome.DONE) >= _needed(stage, len(seats))
    ended = WorkItem.Outcome.AGAINST in seats and stage.one_no == "ends"
    if enough or ended:
        added.close_moot(item.task_id, at)
    added.settle_waiting(item.task_id)
    return not WorkItem.objects.filter(task_id=item.task_id, closed_at__isnull=True).exists()


def stage_before(process: Process) -> Stage:
    """The last stage before the present one that the case passed."""
    stages = definition_of(process).stages
    present = stages.index(definition_of(process).stage(process.data["stage"]))
    before = applying(stages[:present], process.data["routing"])
    return [stage for stage in before if sampling.passes(process.data, stage)][-1]


def advance(process: Process, user: User | None, at: datetime) -> Position:
    """Go to the next stage whose condition holds and whose lot falls so, or to the end."""
    stage, draws = following(process, definition_of(process), stage_of(process))
    fresh = note_draws(process, draws)
    return replace(_move(process, stage.code if stage else None, user, at), draws=fresh)


def return_to(process: Process, stage: str, user: User | None, at: datetime) -> Position:
    """Go back to an earlier stage; open seats of the present one are closed as returned."""
    _close_open(process, at, WorkItem.Outcome.RETURNED)
    return _move(process, stage, user, at)


def rebase(
    process: Process, version: SchemeVersion, routing: dict[str, Any], user: User | None, at: datetime
) -> Position:
    """Follow another version's route from its first stage on: for a case nobody has acted on yet.

    Where the first stage asks the same of the same office, the open seats stay as they are; else they are closed as
    cancelled and new ones open. Raises Invalid when a stage that will come has no office.
    """
    place, here = Place(**process.data["place"]), stage_of(process)
    ahead = stages_ahead(version.definition, None, routing)
    _check_offices(ahead, place, routing)
    seed = {} if sampling.SEED in process.data else sampling.seed_for(version.definition)
    process.data = {**process.data, "version": version.pk, "routing": routing, **seed}
    if here is not None and _asks_the_same(here, ahead[0]):
        process.save(update_fields=["data"])
        return Position(process, ahead[0])
    _close_open(process, at, WorkItem.Outcome.CANCELLED)
    return _move(process, ahead[0].code, user, at)


def _asks_the_same(here: Stage, there: Stage) -> bool:
    same = ("code", "kind", "role", "function", "function_by", "level", "seats")
    return all(getattr(here, name) == getattr(there, name) for name in same)


def cancel(process: Process, user: User | None, at: datetime) -> Position:
    """End the route where it stands (withdrawn, lapsed, not accepted, refused)."""
    _close_open(process, at, WorkItem.Outcome.CANCELLED)
    return _move(process, None, user, at)


def expected_end(process: Process, at: datetime) -> datetime:
    """The day by which the case is decided if every stage ahead takes all of its days."""
    day = at
    for stage in stages_ahead(definition_of(process), stage_of(process), process.data["routing"]):
        if stage.kind not in AFTER_DECISION:
            day = calendar.deadline(day, stage.days, stage.day_kind)
    return day


def pause(process: Process, at: datetime) -> None:
    """Stop the clock of the open seats while the applicant corrects; one an official stopped stays as it is.

    One that stood still for want of money waits for the applicant from now on.
    """
    process.items.filter(closed_at__isnull=True, pause_reason=WorkItem.PauseReason.MONEY).update(pause_reason="")
    process.items.filter(closed_at__isnull=True, paused_at__isnull=True).update(paused_at=at)


def resume(process: Process, at: datetime) -> None:
    """Start the clock again for the seats that waited for the applicant."""
    for item in process.items.filter(closed_at__isnull=True, paused_at__isnull=False, pause_reason=""):
        start_clock(item, definition_of(process), at)


def _move(process: Process, stage: str | None, user: User | None, at: datetime) -> Position:
    go_to(process, stage, user)
    return _open_seats(process, at)


def go_to(process: Process, stage: str | None, user: User | None) -> None:
    """Put the route at a stage (None: its end) without opening a seat there: the caller does."""
    process.data = {**process.data, "stage": stage}
    process.save(update_fields=["data"])
    with items.task_of(process).activation() as activation:
        activation.process = process
        activation.assign(user)
        activation.start(SimpleNamespace(user=user))
        activation.execute()


def _close_open(process: Process, at: datetime, outcome: str) -> None:
    open_items = process.items.filter(closed_at__isnull=True)
    open_items.update(closed_at=at, outcome=outcome, waiting=False, delegate=None)


def _open_seats(process: Process, at: datetime) -> Position:
    stage = stage_of(process)
    if stage is None or stage.role is None:
        return Position(process, stage)
    task, place = items.task_of(process), Place(**process.data["place"])
    due = calendar.deadline(at, stage.days, stage.day_kind)
    what = {"scheme": definition_of(process).code, "stage": stage.code, "kind": stage.kind}
    for code, seat in _seats_of(stage):
        office = office_for(seat, place, process.data["routing"])
        items.open_item(process, task, (office, seat.role), at, due, seat=code, **what)
    return Position(process, stage)


def _seats_of(stage: Stage) -> list[tuple[str, Stage | Seat]]:
    return [(seat.code, seat) for seat in stage.seats] or [("main", stage)]


def _needed(stage: Stage, seats: int) -> int:
    return {"all": seats, "any": 1, "n": stage.seats_needed or seats}[stage.rule]


def _check_offices(stages: Iterable[Stage], place: Place, routing: dict[str, Any]) -> None:
    """Raise Invalid when a stage, or a seat at one, has no office."""
    for stage in stages:
        for _code, seat in _seats_of(stage):
            office_for(seat, place, routing)
