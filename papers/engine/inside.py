"""The renderer in this very process: for tests, and inside the guarded ones."""

from papers import rendering
from papers.content import PaperContent


class InProcess:
    """Renders where it is called, one paper at a time, without limits."""

    processes = 1

    def render(self, content: PaperContent) -> bytes:
        """See `papers.rendering.render`."""
        return rendering.render(content)
