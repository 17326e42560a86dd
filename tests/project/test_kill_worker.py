"""kill -9 at the worst moment: nothing is lost, nothing is done twice."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from applications import jobs, what_if_acts, what_if_work
from applications.models import CaseActor, WhatIfRun
from approvals.bulk import jobs as bulk_jobs
from approvals.bulk import work as bulk_work
from approvals.models import BulkRun, Decision
from approvals.said import Said
from benefits.models import Due
from papers import reading, rendering
from papers.models import Paper
from project.jobs import run_due
from tests import postgres, world
from tests.applications.policy_drafts import FIRST, LAST, draft_value
from tests.approvals.bulk_cases import ready, started
from tests.unchanged import everything

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres_threads,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("peopled"),
]
ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 40
# A process that stops for ever in the function named first, and says so in the file named second.
STUCK = """
import sys, time, importlib, django
django.setup()
place, sign, *words = sys.argv[1:]
module, name = place.rsplit(".", 1)
real = getattr(importlib.import_module(module), name)
def stuck(*args, **kwargs):
    real(*args, **kwargs) if name == "put" else None
    open(sign, "w").close()
    time.sleep(600)
setattr(importlib.import_module(module), name, stuck)
"""
WORKER = (
    STUCK
    + """
from django.core.management import call_command
call_command("db_worker", interval=0.1, startup_delay=False, verbosity=0)
"""
)
OFFICIAL = (
    STUCK
    + """
from datetime import datetime
from approvals import decide
from people.models import User
user, item, at = words
decide.act(User.objects.get(username=user), int(item), decide.Said("grant"), datetime.fromisoformat(at))
"""
)


def killed(script, place, sign, *words):
    """Run the script until it is stuck at a place; then kill -9."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "project.settings",
        "DATABASE_URL": postgres.url(connection.settings_dict["NAME"]),
        "VAR_DIR": str(settings.VAR_DIR),
        "PAPER_RENDERER": "papers.engine.inside.InProcess",
        "DEMO": "1",
    }
    command = [sys.executable, "-c", script, place, str(sign), *words]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as process:
        try:
            waited_for(sign, process)
        finally:
            process.kill()
    assert process.returncode == -9


def waited_for(sign, process):
    until = time.monotonic() + SECONDS
    while not sign.exists():
        assert process.poll() is None, process.stderr.read().decode()
        assert time.monotonic() < until, "it never came to the place"
        time.sleep(0.05)


@pytest.fixture
def sign(tmp_path):
    """A file that tells that a process is stuck where it should be."""
    return tmp_path / "stuck"


class TestWorker:
    """A paper being rendered."""

    @pytest.fixture(params=["papers.rendering.render", "people.sealed_files.put"])
    def paper(self, request, settings, sign):
        """Its worker was killed while it was rendered, or when its file was stored and not yet noted."""
        case = world.grant().submit()
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
        case.say("accept")
        killed(WORKER, request.param, sign)
        return Paper.objects.get(kind="acceptance")

    def test_it_waits_and_is_rendered_once_by_a_later_run(self, paper, monkeypatch):
        assert (paper.state, paper.pdf) == ("queued", "")
        assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING
        rendered, render = [], rendering.render
        monkeypatch.setattr("papers.rendering.render", lambda content: rendered.append(content) or render(content))
        with time_machine.travel(paper.next_attempt_at + timedelta(seconds=1)):
            assert [run_due(timezone.now())["papers_rendered"] for _run in range(2)] == [1, 0]
        paper.refresh_from_db()
        assert (paper.state, len(rendered)) == ("ready", 1)
        assert reading.pdf_bytes(paper).startswith(b"%PDF-")


class TestWhatIf:
    """A draft being tried on cases: its worker was killed in the middle of the second chunk."""

    @pytest.fixture
    def run(self, settings, sign, monkeypatch):
        """One case of three is counted, the second was being counted."""
        for n in (0, 2, 4):
            world.grant(n).submit()
        editor, inline = world.user("policy-editor"), settings.TASKS
        monkeypatch.setattr(what_if_work, "CHUNK", 1)
        monkeypatch.setattr(jobs, "queue", lambda run: None)
        run = what_if_acts.start(editor, draft_value().pk, FIRST, LAST, world.START)
        first = next(what_if_work._tallies(run))
        WhatIfRun.objects.filter(pk=run.pk).update(state="running")
        what_if_work._keep(run, first)
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
        jobs.run_what_if.enqueue(run.pk)
        killed(WORKER, "applications.what_if_work._add", sign)
        settings.TASKS = inline
        run.refresh_from_db()
        return run

    def test_it_goes_on_where_it_stopped_and_counts_nothing_twice(self, run):
        assert (run.state, run.done, run.changes.count()) == ("running", 1, 1)
        with time_machine.travel(run.lease_until + timedelta(seconds=1)):
            assert [run_due(timezone.now())["what_ifs_resumed"] for _run in range(2)] == [1, 0]
        run.refresh_from_db()
        assert (run.state, run.done, run.changes.count()) == ("done", 3, 3)
        assert sum(row.cases for row in run.sums.all()) == 3


class TestBulk:
    """Cases decided in bulk: the worker was killed in the middle of the second, its decision written, its line not."""

    @pytest.fixture
    def run(self, settings, sign, monkeypatch):
        """One case of three is done, the second was being done."""
        cases, inline = ready(3), settings.TASKS
        with monkeypatch.context() as patch:
            patch.setattr(bulk_jobs, "queue", lambda run: None)
            run = started(cases)
        first = run.lines.order_by("item").first()
        BulkRun.objects.filter(pk=run.pk).update(state="running")
        bulk_work._do(run, first, Said("grant"))
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
        bulk_jobs.run_bulk.enqueue(run.pk)
        killed(WORKER, "approvals.bulk.work._note", sign)
        settings.TASKS = inline
        run.refresh_from_db()
        return run

    def test_it_goes_on_where_it_stopped_and_decides_nothing_twice(self, run):
        assert (run.state, run.done, Decision.objects.filter(kind="grant").count()) == ("running", 1, 1)
        with time_machine.travel(run.lease_until + timedelta(seconds=1)):
            assert [run_due(timezone.now())["bulk_resumed"] for _run in range(2)] == [1, 0]
        run.refresh_from_db()
        assert (run.state, run.done, run.refused) == ("done", 3, 0)
        assert Decision.objects.filter(kind="grant").count() == Due.objects.count() == 3
        sequences = Paper.objects.filter(kind="grant").order_by("sequence").values_list("sequence", flat=True)
        assert list(sequences) == [1, 2, 3]


class TestOfficial:
    """A decision being written: its number is taken, its paper not yet there."""

    def test_half_a_decision_is_none_and_the_next_one_goes_through(self, sign):
        case = world.at_decision()
        item, before = case.item(), everything()
        killed(OFFICIAL, "papers.content.canonical", sign, "prefecture-approver", str(item.pk), case.at.isoformat())
        assert everything() == before
        case.say("grant")
        assert Decision.objects.filter(application=case.application, kind="grant").count() == 1
        assert Paper.objects.get(kind="grant").sequence == 1
        assert CaseActor.objects.filter(application=case.application, stage="decide").count() == 1
