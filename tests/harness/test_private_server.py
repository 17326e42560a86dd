"""The private database server goes with the run that started it, however that ends."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import rundir

ROOT = Path(__file__).resolve().parents[2]
HASTY = "from tests import postgres; postgres.stop(postgres.start())"
SCRIPT = """
import time
from tests import postgres, rundir
keeper = postgres.start()
postgres.wait()
print(rundir.path(), flush=True)
time.sleep(60)
"""


@pytest.mark.slow
def test_no_server_outlives_a_run_that_was_killed(monkeypatch):
    monkeypatch.delenv(rundir.VARIABLE)
    with subprocess.Popen([sys.executable, "-c", SCRIPT], cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        house = Path(run.stdout.readline().strip())
        assert (house / "pg" / "data").is_dir()
        run.kill()
    last = time.monotonic() + 20
    while (house / "pg" / "data").exists():
        assert time.monotonic() < last, "the server's files are still there"
        time.sleep(0.1)
    shutil.rmtree(house)


@pytest.mark.slow
def test_a_server_that_is_not_needed_after_all_is_stopped_while_it_starts(monkeypatch):
    monkeypatch.delenv(rundir.VARIABLE)
    subprocess.run([sys.executable, "-c", HASTY], cwd=ROOT, check=True, timeout=30)
