"""What a process keeps from one paper to the next: fonts, style sheets, seals. Built once, before its first paper."""

import gc
from dataclasses import dataclass
from functools import cache, lru_cache

from papers import fontpack, pictures
from papers.layouts import COMMON, FOLDER, LAYOUTS
from papers.stamp import Stamp

fontpack.use()

from weasyprint import CSS  # noqa: E402 - fontconfig looks for its file at the first import
from weasyprint.text.fonts import FontConfiguration  # noqa: E402

SEALS_KEPT = 64  # of some 50 KB; a county has fewer offices that sign


@dataclass(frozen=True)
class Warm:
    """One font configuration, and the style sheets of each layout in the order in which they apply."""

    fonts: FontConfiguration
    styles: dict[str, list[CSS]]


@dataclass(frozen=True)
class Seal:
    """A seal as it stands in the HTML, and drawn already."""

    uri: str
    stamp: Stamp


@cache
def state() -> Warm:
    """What every paper needs, the same all the time: made anew for each it would eat the memory.

    What a process has loaded by then stays: the garbage collector need not walk through it at every fifth paper.
    """
    fonts = FontConfiguration()
    read = {name: CSS(filename=str(FOLDER / name), font_config=fonts) for name in _sheets()}
    styles = {layout: [read[name] for name in (COMMON, *look.styles)] for layout, look in LAYOUTS.items()}
    gc.collect()
    gc.freeze()
    return Warm(fonts, styles)


@lru_cache(SEALS_KEPT)
def seal(organ: str, note: str) -> Seal:
    """The seal of an organ (`note`: 样章, where it is none), drawn once for all of its papers."""
    return Seal(pictures.seal(organ, note), Stamp(organ, note))


def _sheets() -> set[str]:
    return {COMMON}.union(*(look.styles for look in LAYOUTS.values()))
