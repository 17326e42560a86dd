"""The guarded renderer: a bad paper costs its process, never the worker, and what went wrong is known by its kind."""

import os
import signal
from dataclasses import replace

import pytest

from papers import content as contents
from papers.engine.child import Child, Limits
from papers.engine.guarded import Guarded, Pool
from papers.engine.inside import InProcess
from papers.engine.interface import RenderingFailed, kind_of, renderer
from papers.engine.together import rendered
from tests.papers import samples
from tests.papers.stand_ins import cheap

pytestmark = pytest.mark.slow
STAND_IN = "tests.papers.stand_ins.Cheap"
PATIENT = Limits(seconds=60, megabytes=1024)


@pytest.fixture
def guarded():
    """`guarded(…)` makes one that ends with the test."""
    made = []

    def make(limits=PATIENT, pool=Pool(processes=1, papers_each=100), inside=STAND_IN):  # noqa: B008 - never changed
        made.append(Guarded(limits, pool, inside))
        return made[-1]

    yield make
    for each in made:
        each.close()


def paper(title="plain"):
    return replace(samples.GRANT, title=title)


def fault(engine, title):
    with pytest.raises(RenderingFailed) as raised:
        engine.render(paper(title))
    return raised.value


def pid(engine):
    return int(engine.render(paper("names")))


def test_a_guarded_paper_has_the_bytes_of_one_rendered_here(guarded):
    assert guarded(inside="papers.engine.inside.InProcess").render(samples.GRANT) == InProcess().render(samples.GRANT)


def test_a_process_stays_warm(guarded):
    engine = guarded()

    assert pid(engine) == pid(engine)


@pytest.mark.parametrize(
    "title, limits, kind",
    [
        ("hangs", Limits(1, 1024), "Timeout"),
        ("eats", Limits(60, 400), "OutOfMemory"),
        ("dies", PATIENT, "Died"),
        ("quotes", PATIENT, "ValueError"),
    ],
)
def test_a_bad_paper_is_told_by_its_kind_and_the_next_is_made(guarded, title, limits, kind):
    engine = guarded(limits)

    assert kind_of(fault(engine, title)) == kind
    assert engine.render(paper()) == cheap(paper())


def test_a_paper_made_at_the_edge_of_memory_is_not_trusted(guarded):
    assert fault(guarded(Limits(60, 256)), "grazes").kind == "OutOfMemory"


def test_a_failure_tells_where_in_the_code_and_nothing_of_the_paper(guarded):
    told = str(fault(guarded(), "quotes"))

    assert "stand_ins.py:" in told
    assert samples.GRANT.addressee not in told


def test_what_a_library_prints_does_not_spoil_the_answer(guarded):
    assert guarded().render(paper("talks")) == cheap(paper("talks"))


def test_a_process_killed_between_papers_is_replaced(guarded):
    engine = guarded()
    first = pid(engine)
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)

    assert pid(engine) != first


def test_after_its_share_of_papers_a_fresh_process_comes(guarded):
    engine = guarded(pool=Pool(processes=1, papers_each=2))
    used = [pid(engine) for _turn in range(4)]

    assert used[0] == used[1] != used[2] == used[3]


def test_processes_end_with_their_worker(guarded):
    engine = guarded()
    number = pid(engine)
    engine.close()

    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_process_whose_worker_is_gone_does_not_compute_for_ever():
    child = Child(Limits(1, 1024), STAND_IN)
    child.line.recv_bytes()
    child.line.send_bytes(contents.canonical(paper("computes")).encode())
    child.line.close()

    assert child.process.wait(timeout=60) == -signal.SIGXCPU


def test_two_processes_render_at_the_same_time(guarded):
    engine = guarded(pool=Pool(processes=2, papers_each=100))
    work = [(n, paper("names")) for n in range(20)]
    outcomes = dict(rendered(engine, work))

    assert set(outcomes) == set(range(20))
    assert len(set(outcomes.values())) == 2


def test_what_fails_among_many_is_told_with_its_key(guarded):
    engine = guarded(pool=Pool(processes=2, papers_each=100))
    outcomes = dict(rendered(engine, enumerate(map(paper, ("plain", "dies", "plain")))))

    assert [kind_of(each) if isinstance(each, Exception) else each[:4] for _key, each in sorted(outcomes.items())] == [
        b"%PDF", "Died", b"%PDF",
    ]  # fmt: skip


def test_work_is_taken_only_when_a_process_is_free(guarded):
    engine, taken = guarded(pool=Pool(processes=2, papers_each=100)), []
    work = ((n, taken.append(n) or paper()) for n in range(10))
    next(rendered(engine, work))

    assert taken == [0, 1]


def test_the_renderer_is_a_setting(settings):
    settings.PAPER_RENDERER = STAND_IN

    assert renderer().render(paper()) == cheap(paper())
    assert renderer() is renderer()
