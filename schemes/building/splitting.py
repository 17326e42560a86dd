"""A policy document split into its numbered clauses; a text without numbers into sentences.

Each clause keeps the words of the document and the place they stand at, written as clauses are cited: 三(二)7.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

NUMERALS = "一二三四五六七八九十百零〇"
# Each kind of number: how it is written at the head of a line, and how it is cited. Which one stands above which
# follows from the order in which a text uses them.
MARKS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("article", re.compile(rf"第\s*([{NUMERALS}\d]+)\s*条[\s　、:：]*"), "第{}条"),
    ("big", re.compile(rf"([{NUMERALS}]+)\s*、\s*"), "{}"),
    ("middle", re.compile(rf"[(（]\s*([{NUMERALS}]+)\s*[)）]\s*[、.．]?\s*"), "({})"),
    ("bracket", re.compile(r"[(（]\s*(\d{1,3})\s*[)）]\s*"), "({})"),
    ("row", re.compile(r"(\d{1,3})　+\s*"), "{}"),
    ("number", re.compile(r"(\d{1,3})\s*[.．、](?!\d)\s*"), "{}"),
    ("ring", re.compile(r"([①-⑳])\s*"), "{}"),
)
INLINE = re.compile(rf"(?<=[。；;:：])\s*(?=(?:[(（][{NUMERALS}\d]{{1,3}}[)）]|\d{{1,2}}[.．、](?!\d)|[①-⑳]))")
SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*[”」』)）]*")
OFFICE = r"(?:局|办|委|联|会|政府|中心|厅|部|院|行|公司|单位)"
RESPONSIBLE_LINE = re.compile(
    rf"^[^。；;]{{2,300}}{OFFICE}[^。；;]{{0,20}}(?:按职责分工负责|分工负责|负责|配合)?[。]?$"
)
RESPONSIBLE_IN_BRACKETS = re.compile(r"[(（【](?:责任单位|牵头单位|责任部门|配合单位)[:：]?\s*([^)）】]+)[)）】]\s*$")
LONGEST_OFFICE = 20
LONGEST_HEADING, MORE_THAN_A_HEADING = 40, 2
STOPS = "。；;！？!?"
# A line of offices names several of them, or says that they are in charge.
SEVERAL = re.compile(rf"{OFFICE}[、,，]|负责[。]?$")


@dataclass
class Clause:
    """One clause: where it stands, its words, the headings above it and, where the text names one, the unit."""

    place: str
    text: str
    headings: tuple[str, ...] = ()
    responsible: str = ""

    @property
    def sentences(self) -> list[str]:
        """The sentences of its text."""
        return sentences_of(self.text)


@dataclass
class _Open:
    """A number that is open: its kind, how it is cited, and the words behind it."""

    kind: str
    cited: str
    lines: list[str] = field(default_factory=list)
    responsible: list[str] = field(default_factory=list)


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a document in order; the sentences of a text that has no numbers, as 第1句, 第2句."""
    lines = list(_lines(text))
    if not any(mark_of(line) for line in lines):
        found = [sentence for line in lines for sentence in sentences_of(line)]
        return [Clause(f"第{number}句", sentence) for number, sentence in enumerate(found, 1)]
    return list(_numbered(lines))


def sentences_of(text: str) -> list[str]:
    """A text cut behind full stops; nothing is lost but white space between the sentences."""
    return [sentence for part in SENTENCE.findall(text) if (sentence := part.strip())]


def mark_of(line: str) -> tuple[str, str, str] | None:
    """The number a line begins with: its kind, how it is cited, and the rest of the line."""
    for kind, pattern, cited in MARKS:
        found = pattern.match(line)
        if found:
            return kind, cited.format(found[1]), line[found.end() :].strip()
    return None


def _lines(text: str) -> Iterator[str]:
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        yield from (part for piece in INLINE.split(line) if (part := piece.strip()))


def _numbered(lines: list[str]) -> Iterator[Clause]:
    stack: list[_Open] = []
    for line in lines:
        mark = mark_of(line)
        if mark is None:
            _continue(stack, line)
            continue
        kind, cited, rest = mark
        if not _is_heading(stack, kind):
            yield from _said(stack)
        while any(one.kind == kind for one in stack):
            _ = stack.pop()
        stack.append(_Open(kind, cited, [rest]))
    yield from _said(stack)


def _is_heading(stack: list[_Open], following: str) -> bool:
    """One short sentence with numbers of another kind below it is the heading of what follows."""
    if not stack or any(one.kind == following for one in stack):
        return False
    text = "".join(stack[-1].lines)
    return len(sentences_of(text)) < MORE_THAN_A_HEADING and len(text) < LONGEST_HEADING


def _continue(stack: list[_Open], line: str) -> None:
    """A line without a number belongs to what is open: more words of it, or the offices in charge; behind those
    the document says something of its own.
    """
    if not stack:
        return
    now = stack[-1]
    if _names_offices(now, line):
        now.responsible.append(line.rstrip("。"))
    elif not now.responsible and not RESPONSIBLE_IN_BRACKETS.search(now.lines[-1]):
        now.lines.append(line)


def _names_offices(now: _Open, line: str) -> bool:
    if not RESPONSIBLE_LINE.match(line):
        return False
    one_office = now.lines[-1].endswith(tuple(STOPS)) and len(line) < LONGEST_OFFICE and line[-1] not in STOPS
    return bool(SEVERAL.search(line)) or one_office


def _said(stack: list[_Open]) -> Iterator[Clause]:
    """What the innermost number says, once; a heading says nothing."""
    if not stack:
        return
    text = "\n".join(stack[-1].lines).strip()
    if not any(stop in text for stop in STOPS):
        return
    text, named = _without_offices(text)
    responsible = named or "；".join(stack[-1].responsible)
    headings = tuple(one.lines[0] for one in stack[:-1] if one.lines[0])
    yield Clause(_place(stack), text, headings, responsible)


def _place(stack: list[_Open]) -> str:
    """The numbers from the largest down; a point between two in figures: 一6.1."""
    place = ""
    for one in stack:
        between = "." if place[-1:].isdigit() and one.cited[:1].isdigit() else ""
        place += between + one.cited
    return place


def _without_offices(text: str) -> tuple[str, str]:
    found = RESPONSIBLE_IN_BRACKETS.search(text)
    return (text[: found.start()].strip(), found[1].strip().rstrip("。")) if found else (text, "")
