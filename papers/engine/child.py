"""One process that renders, seen from the worker: asked over a private line, killed when it takes too long."""

import subprocess
import sys
from dataclasses import dataclass
from multiprocessing.connection import Pipe
from pathlib import Path

from django.conf import settings

from papers import content as contents
from papers.content import PaperContent
from papers.engine.interface import DIED, OUT_OF_MEMORY, TIMEOUT, RenderingFailed
from papers.engine.wire import MADE, READY

MANAGE = Path(settings.BASE_DIR) / "manage.py"
STARTING_SECONDS = 60
CPU_TIME_OUT = -24  # how a process ends that used up the processor time it was given (SIGXCPU)


@dataclass(frozen=True)
class Limits:
    """What one paper may take: seconds by the clock, and megabytes of address space for its whole process."""

    seconds: int
    megabytes: int


class Child:
    """A process that renders one paper after the other. `papers` is how many it was asked for."""

    def __init__(self, limits: Limits, inside: str) -> None:
        self.limits, self.papers, self.ready = limits, 0, False
        self.line, theirs = Pipe()
        words = [inside, str(limits.seconds), str(limits.megabytes)]
        self.process = subprocess.Popen(
            [sys.executable, str(MANAGE), "render_here", *words], stdin=theirs.fileno(), stdout=subprocess.DEVNULL
        )
        theirs.close()

    @property
    def alive(self) -> bool:
        """Whether it can be asked again."""
        return not self.line.closed and self.process.poll() is None

    def render(self, content: PaperContent) -> bytes:
        """The PDF. Raises RenderingFailed; after a failure of the process itself it is gone."""
        self._wait_until_ready()
        self.papers += 1
        answer = self._asked(contents.canonical(content).encode())
        if answer[:1] == MADE:
            return answer[1:]
        kind, _newline, where = answer[1:].decode().partition("\n")
        if kind == OUT_OF_MEMORY:
            self.end()
        raise RenderingFailed(kind, where)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        self.line.close()

    def _wait_until_ready(self) -> None:
        """Loading the libraries is no paper's fault, and not counted as its time."""
        if not self.ready:
            self.ready = self._answer(STARTING_SECONDS) == READY

    def _asked(self, words: bytes) -> bytes:
        try:
            self.line.send_bytes(words)
        except OSError as gone:
            raise self._gone() from gone
        return self._answer(self.limits.seconds)

    def _answer(self, seconds: float) -> bytes:
        try:
            if self.line.poll(seconds):
                return self.line.recv_bytes()
        except (EOFError, OSError) as gone:
            raise self._gone() from gone
        self.end()
        raise RenderingFailed(TIMEOUT)

    def _gone(self) -> RenderingFailed:
        """Why there is no answer. Processor time used up is time used up."""
        self.end()
        code = self.process.returncode
        return RenderingFailed(TIMEOUT if code == CPU_TIME_OUT else DIED, f"exit code {code}")
