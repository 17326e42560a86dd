"""Runs the site: web server, background worker and clock, until it is told to stop.

Usage: .venv/bin/python scripts/supervise.py [--port 8000] [--accounts FILE]
A worker that exits is started again; when the web server exits, everything stops. No process outlives this one.
"""

import argparse
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
HOST = "127.0.0.1"
TICK = 0.25
CLOCK_SECONDS = 60
GRACE_SECONDS = 15
STEADY_SECONDS = 60
LONGEST_PAUSE = 30.0
DIE_WITH_PARENT = 1
libc = ctypes.CDLL(None)


def die_with_parent() -> None:
    """In the child, before it runs: the kernel ends it should the supervisor be killed outright."""
    libc.prctl(DIE_WITH_PARENT, signal.SIGTERM)


@dataclass
class Service:
    """One child process and how it is kept up."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 1.0

    def start(self) -> None:
        """Start it in a process group of its own, so that Ctrl+C reaches the supervisor alone."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=os.environ | self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - no thread runs in the supervisor
        )

    def ended(self) -> bool:
        """Whether it was started and runs no more."""
        return self.process is not None and self.process.poll() is not None

    def revive(self) -> None:
        """Start it again, at once after a steady run, later and later when it keeps falling."""
        lived = time.monotonic() - self.started
        if lived < self.pause:
            return
        self.pause = 1.0 if lived > STEADY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
        say(f"{self.name} ended with {self.process.returncode}; starting it again")
        self.start()

    def signal(self, number: int) -> None:
        """Send a signal to the whole group, should it still be there."""
        if self.process is None or self.ended():
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


class Clock(Service):
    """A command run once a minute, never twice at a time."""

    def tick(self) -> None:
        """Start the next run when it is time for it."""
        running = self.process is not None and not self.ended()
        if running or (self.process and time.monotonic() - self.started < CLOCK_SECONDS):
            return
        if self.process and self.process.returncode:
            say(f"{self.name} ended with {self.process.returncode}; it runs again now")
        self.start()


class Site:
    """The three services together."""

    def __init__(self, port: int, accounts: Path | None) -> None:
        self.port, self.accounts, self.stopping, self.live = port, accounts, False, False
        environment = {} if "SITE_URL" in told() else {"SITE_URL": f"http://{HOST}:{port}"}
        self.web = Service("web server", web_command(port), environment)
        self.worker = Service("worker", [*MANAGE, "db_worker", "--queue-name", "*"], environment)
        self.clock = Clock("clock", [*MANAGE, "run_due", "--verbosity", "0"], environment)
        self.services = (self.web, self.worker, self.clock)

    def run(self) -> int:
        """Keep the site up until a signal comes or the web server ends; then leave nothing behind."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        self.web.start()
        try:
            while not self.stopping and not self.web.ended():
                self.look_after()
                time.sleep(TICK)
        finally:
            self.end()
        return 0 if self.stopping else 1

    def stop(self, number: int, frame: object) -> None:
        """A signal: end the loop."""
        self.stopping = True

    def look_after(self) -> None:
        """Announce the site once it answers, then keep the worker and the clock going."""
        if not self.live:
            self.live = answers(self.port)
            if not self.live:
                return
            self.announce()
            self.worker.start()
        if self.worker.ended():
            self.worker.revive()
        self.clock.tick()

    def announce(self) -> None:
        """Say where the site is, and who can sign in."""
        if self.accounts and self.accounts.exists():
            say(self.accounts.read_text(encoding="utf-8"))
        say(f"Zhida is running:  http://{HOST}:{self.port}/     (Ctrl+C stops it)")

    def end(self) -> None:
        """Ask every service to end, wait, then insist."""
        for service in self.services:
            service.signal(signal.SIGTERM)
        last = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < last and not all(s.process is None or s.ended() for s in self.services):
            time.sleep(0.05)
        for service in self.services:
            service.signal(signal.SIGKILL)
            if service.process:
                service.process.wait()


def told() -> set[str]:
    """Names that the environment or .env sets already."""
    env = ROOT / ".env"
    lines = env.read_text(encoding="utf-8").splitlines() if env.exists() else []
    return set(os.environ) | {line.split("=")[0].strip() for line in lines if "=" in line}


def web_command(port: int) -> list[str]:
    """gunicorn with two processes; heartbeat files in memory where there is a place for them."""
    heartbeat = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []  # noqa: S108
    options = ["--workers", "2", "--threads", "4", "--timeout", "60", "--graceful-timeout", "10"]
    options += ["--no-control-socket", "--log-level", "warning", *heartbeat]
    return [sys.executable, "-m", "gunicorn", "project.wsgi:application", "--bind", f"{HOST}:{port}", *options]


def answers(port: int) -> bool:
    """Whether the site says that it lives."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def is_free(port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) != 0


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


def main() -> int:
    """Run the site; 0 after a signal, 1 when it could not stay up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--accounts", type=Path, help="a text to print when the site answers")
    options = parser.parse_args()
    if not is_free(options.port):
        say(f"Port {options.port} is in use. Choose another one:  make run PORT={options.port + 1}")
        return 1
    return Site(options.port, options.accounts).run()


if __name__ == "__main__":
    sys.exit(main())
