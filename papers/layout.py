"""What GB/T 9704-2012 leaves to the typesetter: sizes that depend on lengths, line breaks, widths of columns."""

import math
import re
import unicodedata

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.content import Table

TYPE_AREA = 156.0  # mm, twenty-eight characters
BODY_EM = TYPE_AREA / 28
TITLE_CHARACTERS = 20  # of 2号 on one line
ORGAN_MARK_POINTS = (48.0, 442.0)  # the largest size, and what a whole line holds
CELL_EM, CELL_PADDING = 4.2334, 3.6  # mm: a character of 小四; what padding, rule and rounding take of a cell
NARROW = 0.56  # em: Latin letters and digits
SURELY_NARROW = frozenset("0123456789-.,:/()")  # never wider than that; a capital W is as wide as a Chinese character
LONGEST_UNIT = 16.0  # em
NUMBER_WITH_DASHES = r"[0-9A-Za-z]+(?:[—–-]+[0-9A-Za-z]+)+年?"
DOCUMENT_NUMBER = r"〔\d{4}〕\d+号"
DATE = r"\d{4}年\d{1,2}月(?:\d{1,2}日)?"
KEPT_IN_TEXT = re.compile(f"({NUMBER_WITH_DASHES}|{DOCUMENT_NUMBER})")
KEPT_IN_CELLS = re.compile(f"({DATE}|{NUMBER_WITH_DASHES}|{DOCUMENT_NUMBER}|[!-~]{{2,}})")
# （一）and one short clause: a heading of the second level, set in 楷体.
SECOND_LEVEL = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；：]{1,24}。?$")
SECOND_LEVEL_CLASS = format_html(' class="{}"', "second")
# Where a long title may be broken: after these the next line begins a new unit of meaning.
TITLE_BREAKS = re.compile(r"(?<=[的》、及])|(?=[《])")


def width_of(text: str) -> float:
    """The width of a text in em: one for each Chinese character, about half for Latin letters and digits."""
    return sum(NARROW if unicodedata.east_asian_width(character) in "NaH" else 1 for character in text)


def organ_mark_points(mark: str) -> str:
    """The size of the red head in points: as large as one line allows."""
    largest, line = ORGAN_MARK_POINTS
    return f"{min(largest, line / max(1.0, width_of(mark))):.1f}"


def title_lines(title: str, most: int = TITLE_CHARACTERS) -> list[str]:
    """A title on as few lines as it needs, of about equal length, broken between units of meaning where it can be."""
    lines, rest = [], title
    for left in range(-(-len(title) // most), 1, -1):
        cut = _cut(rest, len(rest) / left, most)
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [*lines, rest]


def _cut(text: str, wanted: float, most: int) -> int:
    """Where to break a text near a length: at a unit of meaning within three characters, else right there."""
    breaks = [match.start() for match in TITLE_BREAKS.finditer(text) if 0 < match.start() <= most]
    near = [place for place in breaks if abs(place - wanted) <= 3]
    return min(near, key=lambda place: abs(place - wanted)) if near else round(wanted)


def signature_place(signer: str, date: str) -> dict[str, str]:
    """Width and right margin (mm) of the date: four characters from the right, further in for a long name above it."""
    date_width, signer_width = width_of(date) * BODY_EM, min(width_of(signer) * BODY_EM, TYPE_AREA)
    centre = max(4 * BODY_EM + date_width / 2, signer_width / 2)
    return {"width": f"{date_width:.2f}", "right": f"{centre - date_width / 2:.2f}"}


def fits(table: Table, area: float, cell_em: float) -> bool:
    """Whether a table of this width (mm) holds every short text unbroken, a character of it being `cell_em` wide."""
    columns = list(zip(table.headers, *table.rows, strict=True))
    return sum(max(map(_longest_unit, column)) for column in columns) <= _characters(columns, area, cell_em)


def _characters(columns: list[tuple[str, ...]], area: float, cell_em: float) -> float:
    """How many characters stand in one row beside padding and rules."""
    return (area - CELL_PADDING * len(columns)) / cell_em


def column_widths(table: Table, area: float = TYPE_AREA, cell_em: float = CELL_EM) -> list[str]:
    """Widths of the columns in percent: no short text is broken, and what is left goes where it saves most lines."""
    columns = list(zip(table.headers, *table.rows, strict=True))
    needs = [[width_of(cell) for cell in column] for column in columns]
    widths = [max(map(_longest_unit, column)) for column in columns]
    spare = _characters(columns, area, cell_em) - sum(widths)
    while best := _best_step(needs, widths, spare):
        column, cost = best
        widths[column] += cost
        spare -= cost
    shares = [(width + max(0, spare) / len(columns)) * cell_em + CELL_PADDING for width in widths]
    return [f"{100 * share / sum(shares):.2f}" for share in shares]


def _best_step(needs: list[list[float]], widths: list[float], spare: float) -> tuple[int, float] | None:
    """The column to widen, and by how much (em), for the most lines saved per em; None when nothing is saved."""
    steps = [
        ((_lines(cells, width) - _lines(cells, wider)) / (wider - width), column, wider - width)
        for column, (cells, width) in enumerate(zip(needs, widths, strict=True))
        for wider in {need / parts for need in cells for parts in (1, 2, 3) if width < need / parts <= width + spare}
    ]
    saving, column, cost = max(steps, default=(0, 0, 0))
    return (column, cost) if saving > 0 else None


def _lines(cells: list[float], width: float) -> int:
    return sum(math.ceil(cell / width) for cell in cells if cell)


def _longest_unit(text: str) -> float:
    """The widest part of a cell that must not be broken; short texts are one such part."""
    if width_of(text) <= 6:
        return width_of(text)
    return max([4.0, *(width_of(part) for part in KEPT_IN_CELLS.findall(text) if _holds(part))])


def rooms(widths: list[str], area: float = TYPE_AREA, cell_em: float = CELL_EM) -> list[float]:
    """How many em of text stand on one line of each column of these widths (percent)."""
    return [(float(width) / 100 * area - CELL_PADDING) / cell_em for width in widths]


def in_cell(text: str, room: float) -> SafeString:
    """The text of a cell as HTML; where it surely fits on one line of `room` em nothing has to be kept together."""
    widest = sum(NARROW if character in SURELY_NARROW else 1 for character in text)
    return format_html("{}", text) if widest <= room else kept(text, KEPT_IN_CELLS)


def kept(text: str, units: re.Pattern[str] = KEPT_IN_TEXT) -> SafeString:
    """A text as HTML in which numbers with dashes and document numbers stay on one line."""
    parts = units.split(text)
    return format_html_join(
        "", "{}", ((_unit(part) if odd % 2 and _holds(part) else part,) for odd, part in enumerate(parts))
    )


def _holds(part: str) -> bool:
    """Whether a part is kept on one line: a longer one would run out of its cell or off the page, and be lost."""
    return width_of(part) <= LONGEST_UNIT


def _unit(part: str) -> SafeString:
    return format_html('<span class="unit">{}</span>', part)


def paragraphs(texts: tuple[str, ...]) -> list[SafeString]:
    """Texts as HTML paragraphs; a line break in what an official wrote begins a new one, （一）… alone is a heading."""
    lines = [line.strip() for text in texts for line in text.splitlines()]
    return [_paragraph(line) for line in lines if line]


def _paragraph(line: str) -> SafeString:
    return format_html("<p{}>{}</p>", SECOND_LEVEL_CLASS if SECOND_LEVEL.match(line) else "", kept(line))
