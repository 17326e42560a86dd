"""The renderer in this very process: for tests, and inside the guarded ones."""

from papers import rendering
from papers.content import PaperContent
from papers.engine import warm


class InProcess:
    """Renders where it is called, one paper at a time, without limits."""

    processes = 1

    def __init__(self) -> None:
        warm.state()

    def render(self, content: PaperContent) -> bytes:
        """See `papers.rendering.render`."""
        return rendering.render(content)
