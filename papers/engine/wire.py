"""The other end of the line: the loop of a process that renders, and the limits it sets itself."""

import os
import resource
import sys
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

from papers import content as contents
from papers.engine.interface import OUT_OF_MEMORY, Renderer

READY, MADE, FAILED = b"R", b"M", b"F"
MEGABYTE = 1024 * 1024
# So near the limit a library in C may have been refused memory, and have gone on without it: a line of text is missing.
MARGIN = 48 * MEGABYTE
STATUS = Path("/proc/self/status")


class Guard:
    """The limits of this process. The kernel keeps them: memory for the process, processor time for each paper."""

    def __init__(self, seconds: int, megabytes: int) -> None:
        self.seconds, self.bytes = seconds, megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (self.bytes, self.bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold papers in clear

    def begin_paper(self) -> None:
        """Give the next paper its time: should the worker be killed, this process does not compute for ever."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + self.seconds + 1, resource.RLIM_INFINITY))

    def end_paper(self) -> None:
        """Raise MemoryError when so much was used that the paper cannot be trusted."""
        if most_memory() > self.bytes - MARGIN:
            raise MemoryError


def most_memory() -> int:
    """The most address space this process ever had, in bytes; 0 where the system does not tell."""
    lines = STATUS.read_text().splitlines() if STATUS.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmPeak:")), 0)


def serve(line: Connection, renderer: Renderer, guard: Guard) -> None:
    """Answer until the worker hangs up."""
    line.send_bytes(READY)
    while True:
        try:
            asked = line.recv_bytes()
        except (EOFError, OSError):
            return
        line.send_bytes(_answer(asked, renderer, guard))


def _answer(asked: bytes, renderer: Renderer, guard: Guard) -> bytes:
    """The PDF, or the kind of the failure and the place in the code; never its words, which might quote the paper."""
    try:
        guard.begin_paper()
        pdf = renderer.render(contents.from_json(asked.decode()))
        guard.end_paper()
    except MemoryError:
        return FAILED + OUT_OF_MEMORY.encode()
    except Exception as error:  # noqa: BLE001 - the worker is told
        last = traceback.extract_tb(error.__traceback__)[-1]
        return FAILED + f"{type(error).__name__}\n{last.filename}:{last.lineno}".encode()
    return MADE + pdf


def line_of_stdin() -> Connection:
    """The line that the worker gave as standard input."""
    return Connection(os.dup(sys.stdin.fileno()))
