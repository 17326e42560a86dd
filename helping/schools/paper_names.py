"""Whose paper a file is, by its name: the row of the student in the school's list, and the paper; never a number of
somebody's ID.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from people.forms import fold_width
from people.refusals import Invalid
from schemes.definition import PaperAsked, SchemeDefinition

BETWEEN = r"\s*[-_－—]\s*"
ROW = re.compile(r"\d{1,5}", re.ASCII)
WHOLE = re.compile(rf"(\d{{1,5}}){BETWEEN}(.+)", re.ASCII)
AGAIN = re.compile(rf"{BETWEEN}\d{{1,2}}$", re.ASCII)


@dataclass(frozen=True)
class Place:
    """Where a file belongs. `paper`: its code, "" for one that the scheme does not ask for."""

    row: int
    paper: str


def numbered(definition: SchemeDefinition) -> list[tuple[int, PaperAsked]]:
    """The papers of a scheme, each with the number by which a file name may call it."""
    return list(enumerate(definition.papers_asked, start=1))


def place_of(name: str, definition: SchemeDefinition) -> Place | None:
    """12-3.jpg, 12-毕业证.pdf, 12/毕业证-2.jpg: row 12, the third paper or the paper of this name; a last figure counts
    its pages. None for a name that begins with no row.

    Raises Invalid where a folder says another row or paper than the name of the file in it: 2/5-1.jpg may be the first
    paper of row 5 in class 2, and nobody's papers are put into another's case by a guess.
    """
    path = PurePosixPath(fold_width(name.replace("\\", "/")))
    stem, folder = path.stem.strip(), path.parent.name.strip()
    whole = WHOLE.fullmatch(stem)
    known = _known(numbered(definition))
    read = [Place(int(whole[1]), _paper(whole[2], known))] if whole else []
    if ROW.fullmatch(folder):
        read.append(Place(int(folder), _paper(stem, known)))
    return _agreed(read)


def _agreed(read: list[Place]) -> Place | None:
    rows, papers = {place.row for place in read}, {place.paper for place in read if place.paper}
    if len(rows) > 1 or len(papers) > 1:
        text = _("文件夹和文件名各像一个行号，看不出是哪一行。请去掉文件夹，文件名写成“12-1.jpg”。")
        raise Invalid(text, code="two_ways")
    return Place(rows.pop(), papers.pop() if papers else "") if rows else None


def _known(papers: Sequence[tuple[int, PaperAsked]]) -> dict[str, str]:
    """Codes by whatever a paper may be called."""
    found: dict[str, str] = {}
    for number, paper in papers:
        names = (str(number), paper.code, paper.label.zh, paper.label.en)
        found |= {fold_width(name).casefold(): paper.code for name in names}
    return found


def _paper(text: str, known: dict[str, str]) -> str:
    called = text.strip().casefold()
    return known.get(called) or known.get(AGAIN.sub("", called).strip(), "")
