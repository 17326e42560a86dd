"""Where a clause stands in the text of its document, found by the way the document numbers its items."""

import re
from itertools import takewhile

NUMERALS = "一二三四五六七八九十"
REFERENCE = re.compile(
    rf"(?P<part>工作要求|十项行动|六个保障条件)?(?P<big>[{NUMERALS}]+)?(\((?P<middle>[{NUMERALS}]+)\))?"
    r"(?P<number>\d+)?(\.(?P<item>\d+))?(首句|末句)?"
)
BIG, MIDDLE, NUMBER, ROW = rf"[{NUMERALS}]+、", rf"[(（][{NUMERALS}]+[)）]", r"\d+\.", r"\d+　"
PARTS = {"十项行动": "一、十个专项行动", "六个保障条件": "二、六个保障条件"}
TABLE = "项目名称"


def squeezed(text):
    """The text without white space, which layouts differ in."""
    return re.sub(r"\s+", "", text)


def item(text, clause):
    """The text of the item that a clause names. Raises ValueError for a reference that leads nowhere."""
    found = REFERENCE.fullmatch(clause)
    if found is None:
        raise ValueError(f"{clause} is no reference")
    lines = _table_of(text.splitlines(), found["part"])
    for heading, following in _steps(found):
        lines = _below(lines, heading, following)
    if not lines:
        raise ValueError(f"{clause} is not in the document")
    return "\n".join(lines)


def _table_of(lines, part):
    """What is numbered in the table, where the letter before it has numbers of its own."""
    starts = next((at for at, line in enumerate(lines) if line.startswith(TABLE)), 0)
    return lines[:starts] if part == "工作要求" else lines[starts:]


def _steps(found):
    """From the largest heading down to the item: how it begins, and how the next one of its kind begins."""
    part, big, middle, number, row_item = found.group("part", "big", "middle", "number", "item")
    if part in PARTS:
        yield PARTS[part], BIG
        yield f"{number}　", ROW
        number = row_item
    if big:
        yield f"{big}、", BIG
    if middle:
        yield rf"[(（]{middle}[)）]", MIDDLE
    if number:
        yield rf"{number}\.", NUMBER


def _below(lines, heading, following):
    starts = next((at for at, line in enumerate(lines) if re.match(heading, line)), None)
    if starts is None:
        return []
    rest = takewhile(lambda line: not re.match(following, line), lines[starts + 1 :])
    return [lines[starts], *rest]
