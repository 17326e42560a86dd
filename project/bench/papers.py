"""Papers: processor time of a refusal beside the bare renderer, letters a second on all processes, memory over many.

Times are processor time, so that a busy machine does not count. Variants that are compared take turns.
"""

import io
import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
from django.utils import timezone
from weasyprint import HTML

from papers import reading, rendering
from papers.content import PaperContent
from papers.engine.guarded import Guarded
from papers.engine.together import rendered
from papers.models import Paper
from papers.seals import demo, register, sealing
from project.bench.people import users
from project.demo import stories
from project.demo.clerks import Case
from project.demo.directory import MENGZI

Line = dict[str, Any]
ROUNDS, LETTERS, MANY = 40, 100, 500
SETTLED = 50  # letters after which a process has loaded what it keeps
STATUS, THREADS = Path("/proc/self/status"), Path("/proc/self/task")
USER_TICKS, SYSTEM_TICKS = 11, 12  # places in /proc/PID/stat, counted from behind the name
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
TEXT = "经核查，学籍证明载明学习形式为非全日制，所交材料不能证明符合条件。"


def bench_papers() -> Iterator[Line]:
    """A three-page refusal of the demonstration, and many like it."""
    paper = Paper.objects.select_related("data_key", "office").get(case_ref=_refused().public_id, kind="refusal")
    content = reading.content(paper)
    yield from _beside_bare(content)
    yield _signed(paper, content)
    yield _on_all_processes(content)
    yield _memory(content)


def _refused() -> Case:
    at = timezone.now() - timedelta(days=60)
    cast = stories.Cast(5000, users()["applicant"], MENGZI, at)
    case = stories.grant_case(cast, study_mode="part_time").submit().say("accept")
    if case.item_kind() == "review":
        case.say("disagree", text=TEXT * 2)
    return case.end_notice().say("refuse", reasons=("study_mode",), text=TEXT * 3)


def _beside_bare(content: PaperContent) -> Iterator[Line]:
    """The whole paper, and WeasyPrint alone on its HTML: untagged, and as the PDF/A that it can make by itself."""
    html, pdf = rendering.html_of(content), rendering.render(content)
    actions: dict[str, Callable[[], object]] = {
        "refusal, warm": lambda: rendering.render(content),
        "bare WeasyPrint, same HTML": lambda: _bare(html, content),
        "bare WeasyPrint, same HTML, PDF/A-3a": lambda: _bare(html, content, pdf_variant=rendering.VARIANT),
    }
    times: dict[str, list[float]] = {variant: [] for variant in actions}
    for _round in range(ROUNDS):
        for variant, action in actions.items():
            times[variant].append(_cpu(action))
    ours = statistics.median(times["refusal, warm"])
    with pikepdf.open(io.BytesIO(pdf)) as book:
        size = {"pages": len(book.pages), "kilobytes": len(pdf) // 1024}
    for variant, taken in times.items():
        median = statistics.median(taken)
        yield _line(variant, ROUNDS, cpu_ms=round(median, 1), ours_to_this=round(ours / median, 2), **size)


def _bare(html: str, content: PaperContent, **options: object) -> bytes:
    """WeasyPrint alone, with our style sheets, fonts and fetcher."""
    sheets, fonts = rendering.styles_of(content)
    page = HTML(string=html, url_fetcher=rendering.LockedFetcher())
    return page.write_pdf(stylesheets=sheets, font_config=fonts, **options)


def _signed(paper: Paper, content: PaperContent) -> Line:
    """Signing what was rendered, with a demonstration's seal where the office has none."""
    if paper.seal is None:
        office, today = paper.office.signs_for or paper.office, timezone.localdate()
        certificate = demo.certificate_for(office.name, today, today + timedelta(days=365))
        source = ("demo", certificate, "")
        paper.seal = register.add_electronic(office, office.name, source, "bench", timezone.now())
    pdf = rendering.render(replace(content, sealed=True))
    taken = [_cpu(lambda: sealing.seal(paper, pdf)) for _round in range(ROUNDS // 2)]
    return _line("signing it", len(taken), cpu_ms=round(statistics.median(taken), 1))


def _on_all_processes(content: PaperContent) -> Line:
    """Letters by the guarded renderer of the workers: by the clock, and by the processor time its processes took."""
    engine = Guarded()
    for _warm in rendered(engine, _letters(content, 4 * engine.processes)):
        pass
    before, began = _cpu_of_children(), time.perf_counter()
    made = sum(isinstance(pdf, bytes) for _key, pdf in rendered(engine, _letters(content, LETTERS)))
    clock, cpu = time.perf_counter() - began, _cpu_of_children() - before
    engine.close()
    return _line(
        f"letters on {engine.processes} processes",
        made,
        per_second=round(made / clock, 1),
        cpu_ms=round(cpu * 1000 / made, 1),
        per_second_of_free_cores=round(engine.processes * made / cpu, 1),
    )


def _memory(content: PaperContent) -> Line:
    """What one process holds after a few letters, and after many, each different."""
    held = {}
    for number, letter in _letters(content, MANY):
        rendering.render(letter)
        if number in (SETTLED, MANY):
            held[number] = _resident_megabytes()
    return _line(f"memory over {MANY} letters", MANY, **{f"mb_after_{count}": size for count, size in held.items()})


def _letters(content: PaperContent, count: int) -> Iterator[tuple[int, PaperContent]]:
    for number in range(1, count + 1):
        opening = (f"第{number}号。{chr(0x4E00 + number * 7)}", *content.opening)
        yield number, replace(content, opening=opening)


def _cpu(action: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    began = time.process_time()
    action()
    return (time.process_time() - began) * 1000


def _cpu_of_children() -> float:
    """Seconds of processor time that the processes started by this one have taken."""
    children = {pid for listed in THREADS.glob("*/children") for pid in listed.read_text().split()}
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in children]
    return sum(int(fields[USER_TICKS]) + int(fields[SYSTEM_TICKS]) for fields in stats) / TICKS_A_SECOND


def _resident_megabytes() -> int:
    [line] = [line for line in STATUS.read_text().splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) // 1024


def _line(variant: str, calls: int, **numbers: object) -> Line:
    return {"bench": "papers", "variant": variant, "calls": calls, **numbers}
