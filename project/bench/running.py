"""The benchmarks by name."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from approvals import decide
from payouts import batching
from people.models import Office, User
from project.bench.assessing import bench_assess
from project.bench.exported import in_a_process
from project.bench.listing import bench_listing
from project.bench.measuring import Measured
from project.bench.papers import bench_papers
from project.bench.people import users
from project.bench.phasing_out import bench_phasing_out
from project.demo import stories
from project.demo.clerks import Case
from project.demo.directory import HONGHE, MENGZI
from project.jobs import DUE_JOBS

Line = dict[str, Any]
DECISIONS = 40
LINES = 100_000
EXPORTED = {
    "raw": "XlsxWriter alone",
    "raw-sparing": "XlsxWriter alone, constant memory",
    "sheet": "our spreadsheet, sealed",
    "everything": "all four files of a batch, decrypted and sealed",
}


def _cases(known: dict[str, User], count: int) -> list[Case]:
    at = timezone.now() - timedelta(days=60)
    made = []
    for n in range(count):
        case = stories.grant_case(stories.Cast(n + 5000, known["applicant"], MENGZI, at)).submit().say("accept")
        made.append((case.say("agree") if case.item_kind() == "review" else case).end_notice())
    return made


def bench_decide() -> Iterator[Line]:
    """One approver grants: the whole act, from the item's number to the commit."""
    measured, known = Measured(), users()
    official = known["prefecture-approver"]
    for case in _cases(known, DECISIONS):
        item, at = case.item(), case.later()
        measured.call(lambda i=item, t=at: decide.act(official, i.pk, decide.Said("grant", text="同意。"), t))
    yield measured.as_json("decide", "grant")


def bench_inbox() -> Iterator[Line]:
    """A clerk's inbox in a province at work, beside hand-written SQL and viewflow's own list."""
    cast = stories.Cast(9000, users()["applicant"], MENGZI, timezone.now() - timedelta(days=3))
    yield from bench_listing(stories.waiver_case(cast).submit())


def bench_export() -> Iterator[Line]:
    """Sealing a batch: reading the lines, writing its files; then very many lines beside XlsxWriter alone."""
    known = users()
    for case in _cases(known, DECISIONS):
        case.say("grant")
    office = Office.objects.get(division_id=HONGHE, function="finance")
    batch = batching.make(known["finance-maker"], office, "grad-jobseeking", timezone.now())
    measured = Measured()
    measured.call(lambda: batching.seal(known["finance-maker"], batch.number, timezone.now()))
    yield measured.as_json("export", f"seal {batch.line_count} lines")
    best = 0.0
    for way, variant in EXPORTED.items():
        found = in_a_process(way, LINES, batch.number)
        best = min(best or found["cpu_seconds"], found["cpu_seconds"]) if way.startswith("raw") else best
        line = {"bench": "export", "variant": f"{LINES} lines, {variant}", **found}
        yield line | {"times_raw": round(found["cpu_seconds"] / best, 2)}


def bench_run_due() -> Iterator[Line]:
    """Every clock job on a site with nothing to do, and with notices to end; then phase-outs in great number."""
    known = users()
    at = timezone.now()
    for variant, cases in (("nothing due", 0), ("20 notices to end", 20)):
        for n in range(cases):
            past = at - timedelta(days=30)
            stories.grant_case(stories.Cast(n * 3 + 7000, known["applicant"], MENGZI, past)).submit().say("accept")
        for name, job in DUE_JOBS.items():
            measured = Measured()
            measured.call(lambda j=job: j(at))
            yield measured.as_json("run_due", f"{name}, {variant}")
    yield from bench_phasing_out(known["applicant"])


BENCHES: dict[str, Callable[[], Iterator[Line]]] = {
    "decide": bench_decide,
    "inbox": bench_inbox,
    "papers": bench_papers,
    "export": bench_export,
    "run_due": bench_run_due,
    "assess": bench_assess,
}
