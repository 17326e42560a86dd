"""What a renderer is, and how it fails."""

from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from papers.content import PaperContent

TIMEOUT, OUT_OF_MEMORY, DIED = "Timeout", "OutOfMemory", "Died"


class Renderer(Protocol):
    """Makes PDFs. `processes` is how many papers it can make at once: so many threads may call it together."""

    processes: int

    def render(self, content: PaperContent) -> bytes:
        """The PDF of a paper; the same content gives the same bytes. Raises when it cannot be made."""


class RenderingFailed(Exception):
    """A paper could not be made by another process. `kind` is what is noted: never words of the paper.

    Timeout and OutOfMemory: it took more than it may. Died: the process ended without an answer. Else the name of the
    error inside.
    """

    def __init__(self, kind: str, where: str = "") -> None:
        self.kind = kind
        super().__init__(f"{kind} {where}".strip())


def renderer() -> Renderer:
    """The renderer of this site, one for the whole process."""
    return _made(settings.PAPER_RENDERER)


def kind_of(error: BaseException) -> str:
    """What is noted of a failure: its kind, whose name quotes nothing."""
    return error.kind if isinstance(error, RenderingFailed) else type(error).__name__


@cache
def _made(path: str) -> Renderer:
    return import_string(path)()
