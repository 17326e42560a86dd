"""Which characters can be printed: papers know the fonts and say so when they are loaded; policy asks here."""

from collections.abc import Callable

_known: list[Callable[[str], str]] = []


def ask(finder: Callable[[str], str]) -> None:
    """Name who finds the first character of a text that no font can print; "" where all can be printed."""
    _known[:] = [finder]


def unprintable(text: str) -> str:
    """The first character of a text that cannot be printed, "" where there is none."""
    return next((found for find in _known if (found := find(text))), "")
