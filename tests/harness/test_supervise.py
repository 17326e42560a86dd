"""The supervisor keeps its services up and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import supervise

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); print(1); time.sleep(60)"]
ROOT = Path(__file__).resolve().parents[2]


def until(condition, seconds=10):
    last = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < last, "it did not happen in time"
        time.sleep(0.02)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr(supervise, "GRACE_SECONDS", 0.5)
    site = supervise.Site(port=1, accounts=None)
    site.web = supervise.Service("web", SLEEP)
    site.worker = supervise.Service("worker", SLEEP)
    site.clock = supervise.Clock("clock", ["true"])
    site.services = (site.web, site.worker, site.clock)
    yield site
    site.end()


def test_a_worker_that_exits_is_started_again(site, capsys):
    site.live = True
    site.worker.pause = 0
    site.worker.start()
    first = site.worker.process.pid
    os.kill(first, signal.SIGKILL)
    until(site.worker.ended)
    site.look_after()
    assert site.worker.process.pid != first
    assert "worker ended with -9; starting it again" in capsys.readouterr().out


def test_a_worker_that_keeps_falling_is_started_ever_later(site):
    site.worker.command = ["false"]
    site.worker.pause = 0.01
    site.worker.start()
    for _ in range(3):
        until(lambda: site.worker.ended() and time.monotonic() - site.worker.started > site.worker.pause)
        site.worker.revive()
    assert site.worker.pause == pytest.approx(0.08)


def test_the_clock_does_not_run_again_within_its_minute(site):
    site.clock.tick()
    first = site.clock.process
    until(site.clock.ended)
    site.clock.tick()
    assert site.clock.process is first


def test_the_site_ends_when_the_web_server_ends(site):
    site.web.command = ["false"]
    assert site.run() == 1


def test_a_service_that_does_not_listen_is_killed(site):
    site.web.command = STUBBORN
    site.web.start()
    time.sleep(0.3)
    site.end()
    assert site.web.process.returncode == -signal.SIGKILL


def test_no_service_outlives_a_supervisor_that_was_killed():
    script = (
        "import sys, time; from scripts import supervise; "
        f"s = supervise.Service('x', {SLEEP!r}); s.start(); print(s.process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as supervisor:
        child = int(supervisor.stdout.readline())
        supervisor.kill()
    until(lambda: not is_alive(child))


def test_a_port_in_use_is_said_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "scripts/supervise.py", "--port", str(port)]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stdout == f"Port {port} is in use. Choose another one:  make run PORT={port + 1}\n"
