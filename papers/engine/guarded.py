"""The renderer of workers: warm processes of their own, so that a bad paper neither hangs nor kills the worker."""

from dataclasses import dataclass
from queue import LifoQueue

from django.conf import settings

from papers.content import PaperContent
from papers.engine.child import Child, Limits

INSIDE = "papers.engine.inside.InProcess"


@dataclass(frozen=True)
class Pool:
    """How many processes there are at most, and how many papers each makes before a fresh one takes its place."""

    processes: int
    papers_each: int


class Guarded:
    """Keeps warm processes: starts them when they are first needed, replaces those that die or have done their part.

    `inside` is the renderer within each process.
    """

    def __init__(self, limits: Limits | None = None, pool: Pool | None = None, inside: str = INSIDE) -> None:
        self.limits = limits or Limits(settings.RENDER_SECONDS, settings.RENDER_MEMORY_MB)
        self.pool = pool or Pool(settings.RENDER_PROCESSES, settings.RENDER_PAPERS_A_PROCESS)
        self.inside, self.processes = inside, self.pool.processes
        # The last used first: whoever renders one paper at a time keeps to one warm process.
        self._free: LifoQueue[Child | None] = LifoQueue()
        for _place in range(self.processes):
            self._free.put(None)

    def render(self, content: PaperContent) -> bytes:
        """The PDF from one of the processes; waits while all are at work. Raises RenderingFailed."""
        child = self._free.get()
        try:
            child = self._usable(child)
            return child.render(content)
        finally:
            self._free.put(child)

    def close(self) -> None:
        """End the processes that wait for work; they end by themselves when this one does."""
        for child in [self._free.get() for _place in range(self.processes)]:
            if child is not None:
                child.end()
            self._free.put(None)

    def _usable(self, child: Child | None) -> Child:
        """The process itself while it is good, else a fresh one."""
        if child is not None and (not child.alive or child.papers >= self.pool.papers_each):
            child.end()
            child = None
        return child or Child(self.limits, self.inside)
