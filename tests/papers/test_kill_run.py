"""kill -9 at random moments of a run of 200 papers: no number twice, no gap, no half paper."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import connection

from papers import reading
from papers.models import Paper
from tests import postgres
from tests.papers.stand_ins import cheap

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres_threads,
    pytest.mark.django_db(transaction=True),
]
ROOT = Path(__file__).resolve().parent.parent.parent
PAPERS, SECONDS = 200, 120
ISSUER = ["-m", "tests.papers.issue_many", str(PAPERS)]
WORKER = ["manage.py", "db_worker", "--batch", "--interval=0.05", "--no-startup-delay"]
CATCH_UP = ["manage.py", "render_papers"]


def started(command, media):
    """A process of the site, with real rendering processes of its own in which a cheap renderer works."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.papers.killed_settings",
        "DATABASE_URL": postgres.url(connection.settings_dict["NAME"]),
        "VAR_DIR": str(project.VAR_DIR),
        "MEDIA": str(media),
        "PAPER_RENDERER": "tests.papers.stand_ins.guarded_cheap",
        "DEMO": "1",
    }
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stderr=subprocess.PIPE)


def killed_at(command, media, count, goal):
    """Run it until so many are counted; then kill -9. Whether it was still at work."""
    with started(command, media) as process:
        until = time.monotonic() + SECONDS
        while count() < goal and process.poll() is None:
            assert time.monotonic() < until, "it does not get on"
            time.sleep(0.002)
        process.kill()
    return process.returncode == -9


def finished(command, media):
    with started(command, media) as process:
        _out, faults = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, faults.decode()


def issued():
    return Paper.objects.count()


def made():
    return Paper.objects.filter(state="ready").count()


@pytest.fixture
def run(office, case_key, settings, tmp_path):
    """Both the process that issues and the worker that renders were killed again and again until all was done."""
    settings.MEDIA_ROOT = tmp_path
    moments = random.Random(200)
    kills = [killed_at(ISSUER, tmp_path, issued, goal) for goal in sorted(moments.sample(range(10, 190), 3))]
    finished(ISSUER, tmp_path)
    kills += [killed_at(WORKER, tmp_path, made, goal) for goal in sorted(moments.sample(range(5, 190), 5))]
    finished(WORKER, tmp_path)
    finished(CATCH_UP, tmp_path)
    return sum(kills)


def test_numbers_are_whole_and_every_paper_opens(run):
    papers = list(Paper.objects.select_related("data_key").order_by("sequence"))

    assert run >= 6
    assert [paper.sequence for paper in papers] == list(range(1, PAPERS + 1))
    assert len({paper.number for paper in papers}) == PAPERS
    assert {paper.state for paper in papers} == {"ready"}
    assert all(reading.pdf_bytes(paper) == cheap(reading.content(paper)) for paper in papers)
