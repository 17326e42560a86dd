"""Several papers at once, as many as the renderer has processes for."""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

from papers.content import PaperContent
from papers.engine.interface import Renderer

Key = TypeVar("Key")
Outcome = bytes | Exception


def rendered(renderer: Renderer, work: Iterable[tuple[Key, PaperContent]]) -> Iterator[tuple[Key, Outcome]]:
    """Each key with its PDF or why there is none, in the order in which they end.

    Work is taken only when a process is free for it. All but the rendering itself happens in the caller's thread.
    """
    if renderer.processes == 1:
        yield from ((key, _outcome(renderer, content)) for key, content in work)
        return
    running: dict[Future[bytes], Key] = {}
    with ThreadPoolExecutor(renderer.processes) as threads:
        for key, content in work:
            running[threads.submit(renderer.render, content)] = key
            if len(running) == renderer.processes:
                yield from _ended(running)
        while running:
            yield from _ended(running)


def _outcome(renderer: Renderer, content: PaperContent) -> Outcome:
    try:
        return renderer.render(content)
    except Exception as error:  # noqa: BLE001 - whoever asked decides
        return error


def _ended(running: dict[Future[bytes], Key]) -> Iterator[tuple[Key, Outcome]]:
    """Wait for the next to end; take out all that have."""
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        error = future.exception()
        if isinstance(error, BaseException) and not isinstance(error, Exception):
            raise error
        yield running.pop(future), error or future.result()
