"""The clock on a site with very many open phase-outs, a twentieth of them due: time and memory."""

import resource
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from applications.models import Application
from benefits.clock import end_phase_outs
from benefits.models import PhaseOut
from benefits.phase_out.clock import warn_of_ends
from people import vault
from people.models import DataKey, User
from project.bench.copying import copy, nothing, serial_uuid, text
from project.bench.measuring import Measured
from project.bench.scratch import filled, scratch
from project.demo import answers, stories
from project.demo.clerks import Case
from project.demo.directory import MENGZI

# How many there are: on the embedded database fewer.
OPEN = {"postgresql": 1_000_000, "sqlite": 5_000}
DUE = 20
KEYS_AT_ONCE = 2_000
FIRST = 100_000_000
JOBS: tuple[Callable[[datetime], int], ...] = (end_phase_outs, warn_of_ends)


def bench_phasing_out(applicant: User) -> Iterator[dict[str, Any]]:
    """Each job twice: with a twentieth to do, and with nothing left."""
    like, count = _granted(applicant), OPEN[connection.vendor]
    with scratch():
        _many(like, count)
        filled()
        for job in JOBS:
            for left in ("a twentieth due", "nothing due"):
                measured, before = Measured(), _memory()
                done = measured.call(lambda j=job: j(timezone.now()))
                variant = f"{job.__name__}, {count} open, {left}"
                grown = round((_memory() - before) / 1024)
                yield measured.as_json("run_due", variant, done=done, memory_grown_mb=grown)


def _granted(applicant: User) -> Case:
    at = timezone.now() - timedelta(days=60)
    case = stories.phase_out_case(stories.Cast(9500, applicant, MENGZI, at)).submit()
    case.say("accept", entries=answers.determination(timezone.localdate(at)))
    return case.end_notice().say("agree", entries={"phase_out_months": 6}).say("grant")


def _many(like: Case, count: int) -> None:
    """Cases with a phase-out each: of twenty one is over since last month, one ends this month, the rest next year."""
    case = like.application
    key = serial_uuid(3, "n")
    copy(DataKey, case.data_key_id, count, id=key)
    _keys_that_open(count)
    copy(
        Application, case.pk, count,
        id=f"{FIRST} + n", public_id=f"'y' || {text(f'{FIRST} + n')}", number=f"'BENCH-P-' || {text('n')}",
        process_ref="NULL", data_key_id=key, answers=nothing("bytes"), assessment=nothing("bytes"), once_group="''",
    )  # fmt: skip
    this = timezone.localdate().replace(day=1)
    ended, later = (this - timedelta(days=1)).replace(day=1), this.replace(year=this.year + 1)
    last = f"CASE WHEN n % {DUE} = 0 THEN {_day(ended)} WHEN n % {DUE} = 1 THEN {_day(this)} ELSE {_day(later)} END"
    first = _day(this.replace(year=this.year - 1))
    copy(
        PhaseOut, case.phase_out.pk, count,
        id=f"{FIRST} + n", application_id=f"{FIRST} + n", first_month=first, last_month=last,
    )  # fmt: skip


def _keys_that_open(count: int) -> None:
    """Messages of an end are sealed with the key of the case: those that end, or are warned, need one that opens."""
    told = (n for n in range(count) if n % DUE in (0, 1))
    while some := list(islice(told, KEYS_AT_ONCE)):
        keys = [vault.new_data_key(UUID(f"{3:08d}-0000-4000-8000-{n:012d}")) for n in some]
        DataKey.objects.bulk_update(keys, ["wrapped", "master_version"])


def _day(day: Any) -> str:
    """SQL for a day."""
    return f"DATE '{day.isoformat()}'" if connection.vendor == "postgresql" else f"'{day.isoformat()}'"


def _memory() -> int:
    """The most this process has held so far, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
