"""The work of a what-if run: cases in chunks, each chunk counted in one short transaction together with the place
reached, so that a killed worker's run goes on exactly where it stopped.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from applications import answers as answers_of
from applications import leases, what_if
from applications.asking import Asking
from applications.models import Application
from applications.models.what_if import Outcome, WhatIfChange, WhatIfRun, WhatIfSum
from people.vault import VaultError
from schemes.definition import SchemeDefinition
from schemes.errors import FactsError
from schemes.models import Proposal
from schemes.rules.assessment import Assessment
from schemes.rules.money import ZERO
from schemes.what_if import Comparer, PastCase, differs

log = logging.getLogger(__name__)
CHUNK = 200
CHUNKS_A_MEMORY = 25
MOST_ATTEMPTS = 5  # without any chunk done between them
INTERRUPTED = "Interrupted"
UNREADABLE = (FactsError, VaultError)
FIELDS = (
    "number", "answers", "state", "policy_date", "division__code", "division__county_id", "division__level",
    "subject_office__division_id", "data_key__wrapped", "data_key__master_version", "data_key__destroyed_at",
)  # fmt: skip
RunState = WhatIfRun.State
Key = tuple[str, str, str, bool, bool]


class Stopped(Exception):
    """The run is no longer this worker's: cancelled, or taken over."""


@dataclass
class Tally:
    """What a chunk adds to a run."""

    cursor: int = 0
    done: int = 0
    left_out: int = 0
    cases: Counter[Key] = field(default_factory=Counter)
    changed: Counter[Key] = field(default_factory=Counter)
    before: dict[Key, Decimal] = field(default_factory=dict)
    after: dict[Key, Decimal] = field(default_factory=dict)
    changes: list[WhatIfChange] = field(default_factory=list)


def work(run_id: int) -> bool:
    """Bring a run to its end; False when it is ended already or another worker has it, or it failed for now."""
    run = _claimed(run_id)
    if run is None:
        return False
    try:
        for tally in _tallies(run):
            _keep(run, tally)
        return _finish(run)
    except Stopped:
        return False
    except Exception as error:
        log.exception("what-if run %s failed", run_id)
        _note(run, type(error).__name__)
        return False


def _claimed(run_id: int) -> WhatIfRun | None:
    """Take the run, if it waits for somebody."""
    rows = WhatIfRun.objects.select_related("proposal")
    run = leases.take(rows, run_id, (RunState.QUEUED, RunState.RUNNING), what_if.LEASE)
    if run is not None and run.attempts > MOST_ATTEMPTS:
        _note(run, INTERRUPTED)
        return None
    return run


def _tallies(run: WhatIfRun) -> Iterator[Tally]:
    """Chunk after chunk from the cursor on, each read in two queries and assessed outside any transaction."""
    while True:
        comparing = _Comparing(run)  # anew now and then: it remembers the policy of every division and day it met
        for _chunk in range(CHUNKS_A_MEMORY):
            rows = list(_next_cases(run))
            if not rows:
                return
            tally = Tally(cursor=rows[-1].pk, done=len(rows))
            for row in rows:
                comparing.add(row, tally)
            yield tally


def _next_cases(run: WhatIfRun) -> QuerySet[Application]:
    cases = what_if.cases_of(run.scheme_code, run.divisions, run.begins, run.ends)
    ahead = cases.filter(pk__gt=run.cursor, pk__lte=run.last).order_by("pk")
    return ahead.select_related("division", "subject_office", "data_key").only(*FIELDS)[:CHUNK]


class _Comparing:
    """Turns applications into counted comparisons under one draft."""

    def __init__(self, run: WhatIfRun) -> None:
        present = run.proposal
        draft = Proposal(
            kind=present.kind, scheme_id=run.scheme_code, division_id=present.division_id, content=run.content
        )
        self.run = run
        self.comparer = Comparer(draft, as_if=run.as_if)

    def add(self, row: Application, tally: Tally) -> None:
        """Compare one case. What cannot be read (erased, or no fact under today's questions) is counted as such."""
        try:
            before, after = self.comparer.both(self._past(row))
        except UNREADABLE:
            tally.left_out += 1
            return
        county = row.division.at_level("county") or row.division_id
        gained, lost = bool(after.eligible and not before.eligible), bool(before.eligible and not after.eligible)
        key = (county, outcome_of(before), outcome_of(after), gained, lost)
        tally.cases[key] += 1
        tally.before[key] = tally.before.get(key, ZERO) + (before.amount or ZERO)
        tally.after[key] = tally.after.get(key, ZERO) + (after.amount or ZERO)
        if differs(before, after):
            tally.changed[key] += 1
            tally.changes.append(_change(self.run, row, key, before, after))

    def _past(self, row: Application) -> PastCase:
        answers = answers_of.read(row)
        today, proposed = self.comparer.today, self.comparer.proposed
        facts = self._facts(row, answers, today.definition)
        after = facts if proposed is today else self._facts(row, answers, proposed.definition)
        return PastCase(row.number or "", row.division_id, row.policy_date, facts, after)

    def _facts(self, row: Application, answers: dict, definition: SchemeDefinition) -> dict:
        policy = self.comparer.today.policy(row.division_id, row.policy_date).plain_values
        return answers_of.facts_of(row, answers, Asking(definition, answers, policy))


def _change(run: WhatIfRun, row: Application, key: Key, before: Assessment, after: Assessment) -> WhatIfChange:
    county, was, becomes, _gained, _lost = key
    return WhatIfChange(
        run=run,
        number=row.number,
        county=county,
        before=was,
        after=becomes,
        amount_before=before.amount,
        amount_after=after.amount,
    )


def outcome_of(assessment: Assessment) -> str:
    """The outcome's code for tables."""
    if assessment.phase in Outcome.values:
        return str(assessment.phase)
    return {True: Outcome.ELIGIBLE, False: Outcome.INELIGIBLE, None: Outcome.INCOMPLETE}[assessment.eligible]


def _keep(run: WhatIfRun, tally: Tally) -> None:
    """Add a chunk to the run and move its cursor on, if it is still this worker's. Raises Stopped."""
    with transaction.atomic():
        _move_on(run, tally)
        WhatIfChange.objects.bulk_create(tally.changes)
        for key in sorted(tally.cases):
            _add(run, key, tally)
    run.cursor, run.done = tally.cursor, run.done + tally.done


def _move_on(run: WhatIfRun, tally: Tally) -> None:
    mine = WhatIfRun.objects.filter(pk=run.pk, state=RunState.RUNNING, claim=run.claim, cursor=run.cursor)
    moved = mine.update(
        cursor=tally.cursor,
        done=F("done") + tally.done,
        total=Greatest("total", F("done") + tally.done),  # older drafts are filed while it goes on
        left_out=F("left_out") + tally.left_out,
        lease_until=timezone.now() + what_if.LEASE,
        attempts=0,
    )
    if not moved:
        raise Stopped


def _add(run: WhatIfRun, key: Key, tally: Tally) -> None:
    named = dict(zip(("county", "before", "after", "gained", "lost"), key, strict=True))
    row, _created = WhatIfSum.objects.get_or_create(run=run, **named)
    WhatIfSum.objects.filter(pk=row.pk).update(
        cases=F("cases") + tally.cases[key],
        changed=F("changed") + tally.changed[key],
        amount_before=F("amount_before") + tally.before[key],
        amount_after=F("amount_after") + tally.after[key],
    )


def _finish(run: WhatIfRun) -> bool:
    """Close the run with its event. A case that left the period meanwhile (withdrawn) is missing from `done`."""
    at = timezone.now()
    with transaction.atomic():
        mine = WhatIfRun.objects.select_for_update(of=("self",), no_key=True)
        locked = mine.filter(pk=run.pk, state=RunState.RUNNING, claim=run.claim).first()
        if locked is None:
            raise Stopped
        what_if.end(locked, RunState.DONE, at)
        what_if.record(locked, "finished", "clock", at, **_told(locked))
    return True


def _told(run: WhatIfRun) -> dict[str, object]:
    rows = list(run.sums.all())
    return {
        "compared": run.compared,
        "changed": sum(row.changed for row in rows),
        "amount_before": str(sum((row.amount_before for row in rows), ZERO)),
        "amount_after": str(sum((row.amount_after for row in rows), ZERO)),
    }


def _note(run: WhatIfRun, failure: str) -> None:
    """Keep the kind of error, whose words might quote a case; after the last attempt the run has failed."""
    at = timezone.now()
    with transaction.atomic():
        locked = WhatIfRun.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
        if locked.claim != run.claim or not locked.is_open:
            return
        locked.failure = failure[:60]
        locked.save(update_fields=["failure"])
        if locked.attempts >= MOST_ATTEMPTS:
            what_if.end(locked, RunState.FAILED, at)
            what_if.record(locked, "failed", "clock", at, failure=locked.failure)
