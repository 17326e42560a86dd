"""Rendering by workers: once, again after failures, and not for ever."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from papers import jobs, reading
from papers.attempts import INTERRUPTED, PAUSES
from papers.jobs import render_all, render_due, render_one, render_paper
from papers.models import Paper

PDF = b"%PDF-1.7 stand-in"


class Broken(Exception):
    """What a renderer may throw; its words stay out of the database."""


@pytest.fixture
def renderer(monkeypatch):
    """Stands in for the renderer; `renderer.fault` is thrown, `renderer.calls` counts."""

    class Renderer:
        fault, calls, meanwhile = None, 0, staticmethod(lambda: None)

        def __call__(self, content):
            self.calls += 1
            self.meanwhile()
            if self.fault:
                raise self.fault
            return PDF

    stand_in = Renderer()
    monkeypatch.setattr("papers.rendering.render", stand_in)
    return stand_in


@pytest.fixture
def paper(issued, renderer):
    return issued()


def again(paper):
    return Paper.objects.get(pk=paper.pk)


def files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_rendered_paper_is_ready_and_reads_back(paper):
    assert render_one(paper.pk)
    found = again(paper)

    assert found.state == "ready"
    assert found.rendered_at == timezone.now()
    assert reading.pdf_bytes(found) == PDF


def test_the_stored_file_is_sealed(paper, settings):
    render_one(paper.pk)
    [stored] = files(settings)

    assert PDF not in stored.read_bytes()


def test_a_file_that_was_altered_is_not_shown(paper):
    render_one(paper.pk)
    found = again(paper)
    found.pdf_sha256 = "0" * 64

    with pytest.raises(reading.Altered):
        reading.pdf_bytes(found)


def test_rendering_twice_makes_one_file(paper, renderer, settings):
    assert [render_one(paper.pk), render_one(paper.pk)] == [True, False]
    assert renderer.calls == 1
    assert len(files(settings)) == 1


def test_the_task_renders(paper):
    render_paper.enqueue(paper.pk)

    assert again(paper).state == "ready"


def test_a_failure_is_noted_without_its_words(paper, renderer):
    renderer.fault = Broken("欧阳𬱖")
    assert not render_one(paper.pk)
    found = again(paper)

    assert (found.state, found.attempts, found.failure) == ("queued", 1, "Broken")


def test_the_next_attempt_waits_longer_each_time(paper, renderer, clock):
    renderer.fault = Broken()
    for pause in PAUSES:
        render_due(timezone.now())
        waits = again(paper).next_attempt_at - timezone.now()
        assert waits == timedelta(minutes=pause)
        clock.shift(waits)


def test_a_paper_is_left_alone_until_its_next_attempt(paper, renderer, clock):
    renderer.fault = Broken()
    render_one(paper.pk)
    clock.shift(timedelta(seconds=59))

    assert render_due(timezone.now()) == 0
    assert renderer.calls == 1


def test_after_the_last_attempt_the_paper_has_failed(paper, renderer, clock):
    renderer.fault = Broken()
    for _attempt in PAUSES:
        render_due(timezone.now())
        clock.shift(timedelta(days=1))
    found = again(paper)

    assert (found.state, found.failure) == ("failed", "Broken")
    assert render_due(timezone.now()) == 0
    assert renderer.calls == len(PAUSES)


def test_a_paper_that_recovers_shows_no_failure(paper, renderer, clock):
    renderer.fault = Broken()
    render_one(paper.pk)
    renderer.fault = None
    clock.shift(timedelta(minutes=PAUSES[0]))

    assert render_due(timezone.now()) == 1
    assert again(paper).failure == ""


def test_a_killed_worker_leaves_the_paper_due_again(paper, renderer, clock):
    renderer.fault = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        render_one(paper.pk)
    renderer.fault = None
    clock.shift(timedelta(minutes=PAUSES[0]))

    assert render_due(timezone.now()) == 1


def test_a_paper_that_kills_its_workers_ends_as_failed(paper, renderer, clock):
    renderer.fault = KeyboardInterrupt()
    for _attempt in PAUSES:
        with pytest.raises(KeyboardInterrupt):
            render_one(paper.pk)
        clock.shift(timedelta(days=1))
    assert render_due(timezone.now()) == 0
    found = again(paper)

    assert (found.state, found.failure) == ("failed", INTERRUPTED)


def test_a_paper_another_worker_has_is_left_to_it(paper, renderer):
    answers = []
    renderer.meanwhile = lambda: answers.append(render_one(paper.pk))

    assert render_one(paper.pk)
    assert answers == [False]
    assert renderer.calls == 1


def test_the_slower_of_two_workers_throws_its_file_away(paper, renderer, settings):
    def overtake():
        renderer.meanwhile = lambda: None
        render_one(paper.pk, patient=False)

    renderer.meanwhile = overtake

    assert not render_one(paper.pk)
    assert again(paper).state == "ready"
    assert len(files(settings)) == 1


def test_a_lost_job_is_caught_up(issued, renderer):
    papers = [issued() for _turn in range(3)]

    assert render_due(timezone.now()) == 3
    assert {again(paper).state for paper in papers} == {"ready"}


def test_one_broken_paper_does_not_stop_the_others(issued, renderer):
    broken, sound = issued(), issued()
    Paper.objects.filter(pk=broken.pk).update(content=b"damaged")

    assert render_due(timezone.now()) == 1
    assert again(sound).state == "ready"
    assert again(broken).failure == "Undecipherable"


def test_everything_that_waits_can_be_rendered_at_once(issued, renderer):
    renderer.fault = Broken()
    paper = issued()
    render_one(paper.pk)
    renderer.fault = None

    assert render_all() == 1


def test_failed_papers_can_be_queued_again(paper, renderer, clock):
    renderer.fault = Broken()
    for _attempt in PAUSES:
        render_due(timezone.now())
        clock.shift(timedelta(days=1))
    renderer.fault = None

    assert jobs.queue_again() == 1
    assert render_due(timezone.now()) == 1


def test_a_file_that_could_not_be_entered_is_removed_again(paper, renderer, settings, monkeypatch):
    def fault(*_told):
        raise Broken

    monkeypatch.setattr("papers.jobs.sealing.enter", fault)

    assert not render_one(paper.pk)
    assert again(paper).state == "queued"
    assert files(settings) == []
