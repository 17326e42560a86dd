"""A paper as plain text: for readers who listen, for braille, and for machines that open nothing else."""

import unicodedata
from collections.abc import Iterator

from papers.content import PaperContent, Table

WIDTH = 72  # columns: thirty-six Chinese characters
INDENT = "　　"
# What never begins a line: it hangs over the end of the one before.
CLOSING = "，。、；：？！）》〉」』】〕”’—…"
ENCODING = "utf-8-sig"


def plain_text(content: PaperContent) -> str:
    """Every word of a paper, number and verification code included, in lines that end in CR LF."""
    return "\r\n".join(line for block in _blocks(content) for line in block.split("\n")) + "\r\n"


def encoded(content: PaperContent) -> bytes:
    """The plain text as a file: UTF-8 that says so by its first bytes, else old editors take it for GBK."""
    return plain_text(content).encode(ENCODING)


def _blocks(content: PaperContent) -> Iterator[str]:
    yield from (content.organ_mark, content.number, "", wrapped(content.title), "")
    if content.refers_to:
        yield f"（关联文书：{content.refers_to}）"
    if content.addressee:
        yield wrapped(f"{content.addressee}：")
    yield from _paragraphs(content.opening)
    for heading, section in content.numbered_sections:
        yield from ("", wrapped(heading))
        yield from _paragraphs(section.paragraphs)
        if section.table:
            yield from _table(section.table)
    yield from _paragraphs(content.closing)
    yield from _ending(content)


def _ending(content: PaperContent) -> Iterator[str]:
    if content.signing:
        yield ""
    for line in content.signing:
        yield wrapped(f"{line.role}：{line.name or '____'}　日期：{line.day or '____'}")
    yield from ("", content.signer, content.date)
    if content.sealed or content.seal_note:
        yield f"（印章见标准版PDF{'：' if content.seal_note else ''}{content.seal_note}）"
    yield ""
    if content.copies_to:
        yield wrapped(f"抄送：{content.copies_to}")
    yield wrapped(f"印发：{content.issued_by or content.organ} {content.date}")
    yield wrapped(f"联系方式：{content.contact}")
    yield f"核验码：{content.verify_code}"
    yield f"核对真伪：{content.verify_url}"


def _paragraphs(texts: tuple[str, ...]) -> Iterator[str]:
    lines = (line.strip() for text in texts for line in text.splitlines())
    return (wrapped(INDENT + line) for line in lines if line)


def _table(table: Table) -> Iterator[str]:
    """Row by row, each cell after the heading of its column: columns drawn with blanks cannot be listened to."""
    yield from ("", wrapped(f"表：{table.caption}（共{len(table.rows)}行）"))
    for number, row in enumerate(table.rows, 1):
        yield f"第{number}行"
        cells = zip(table.headers, row, strict=True)
        yield from (wrapped(f"  {header}：{' '.join(cell.split())}") for header, cell in cells if cell)


def wrapped(text: str) -> str:
    """A text in lines of at most `WIDTH` columns, apart from closing marks that hang over; words stay whole."""
    lines, line, columns = [], "", 0
    for unit in _units(text):
        width = sum(map(_columns, unit))
        if columns and columns + width > WIDTH and unit not in CLOSING:
            lines.append(line.rstrip(" "))
            line, columns = "", 0
        line, columns = line + unit, columns + width
    return "\n".join([*lines, line])


def _units(text: str) -> Iterator[str]:
    """Latin words and numbers whole, as long as one line holds them; everything else character by character."""
    word = ""
    for character in text:
        if "!" <= character <= "~" and len(word) < WIDTH:
            word += character
            continue
        if word:
            yield word
        word = ""
        yield character
    if word:
        yield word


def _columns(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1
