"""The content of a paper: structured, frozen, and the same for PDF, HTML twin and archive."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

ORDINAL_DIGITS = "一二三四五六七八九"
FIELDS = {
    "addressee": _("收件人"),
    "opening": _("正文"),
    "sections": _("正文"),
    "closing": _("结尾"),
    "table": _("表格"),
    "signing": _("签名栏"),
    "title": _("标题"),
    "number": _("发文字号"),
}
OTHER_FIELD = _("机关信息")
NOT_PRINTED = ("title_en", "layout")


@dataclass(frozen=True)
class Table:
    """A table with a caption; `numeric` are the columns set flush right."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()

    @property
    def heading_column(self) -> int | None:
        """The column whose cells name their rows: the first, or the second beside running numbers.

        None in a table so small that row headings would only repeat what is read anyway.
        """
        if len(self.headers) < 3 or len(self.rows) < 3:
            return None
        return 1 if all(row[0].isdecimal() for row in self.rows) else 0


@dataclass(frozen=True)
class Section:
    """A numbered part of a paper: 一、二、三、."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class SigningLine:
    """A place for somebody's name: who signs (制单人), and the name and day where they are known already."""

    role: str
    name: str = ""
    day: str = ""


@dataclass(frozen=True)
class PaperContent:
    """Everything a paper says. `number` and `verify_code` are filled in when it is issued.

    `layout` is document (文件式, GB/T 9704), letter (信函格式, one person), sheet (单据: covers, records, notices) or
    certificate (证明); empty until the paper is issued, which then takes the one of its kind.
    `refers_to` is the number of the earlier paper that this one corrects, supersedes or revokes.
    `signing` are the lines where people sign by hand or are named as having acted.

    `organ` is the authority in whose name it is issued, `signer` what stands over the date; `issued_by` is the office
    that sends it out (the organ where empty). `seal_note` (样章) marks a drawn seal as a specimen. `sealed`: the
    file will be signed with an electronic seal, whose picture is drawn. Without either its place stays free.
    `english` is a courtesy translation for the page on screen, not for the PDF.
    `machine` is what programs may read: codes, amounts and clauses, never an ID, account, phone or certificate.
    """

    title: str
    title_en: str
    organ: str
    organ_mark: str
    addressee: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    signer: str
    date: str
    contact: str
    seal_note: str = ""
    issued_by: str = ""
    copies_to: str = ""
    number: str = ""
    verify_code: str = ""
    verify_url: str = ""
    english: tuple[str, ...] = ()
    layout: str = ""
    refers_to: str = ""
    signing: tuple[SigningLine, ...] = ()
    sealed: bool = False
    machine: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Plain data, as it is frozen."""
        return asdict(self)

    @property
    def numbered_sections(self) -> list[tuple[str, Section]]:
        """Sections with their headings as they are read: 一、…, 二、…; a single section bears no number."""
        if len(self.sections) == 1:
            return [(self.sections[0].heading, self.sections[0])]
        return [(f"{ordinal(n)}、{section.heading}", section) for n, section in enumerate(self.sections, 1)]

    def texts(self) -> list[tuple[str, str]]:
        """Every text that is printed, with the name of its field."""
        texts = {name: value for name, value in vars(self).items() if isinstance(value, str)}
        printed = {name: value for name, value in texts.items() if name not in NOT_PRINTED}
        found = list(printed.items())
        found += [("opening", text) for text in self.opening] + [("closing", text) for text in self.closing]
        found += [("signing", text) for line in self.signing for text in (line.role, line.name, line.day)]
        for section in self.sections:
            found += [("sections", text) for text in (section.heading, *section.paragraphs)]
            if section.table:
                cells = (section.table.caption, *section.table.headers, *(c for row in section.table.rows for c in row))
                found += [("table", text) for text in cells]
        return found


def field_label(name: str) -> str:
    """What people call a field of a paper, in the reader's language."""
    return str(FIELDS.get(name, OTHER_FIELD))


def ordinal(number: int) -> str:
    """一, 二, … 十, 十一, … 九十九."""
    tens, ones = divmod(number, 10)
    many = "" if tens < 2 else ORDINAL_DIGITS[tens - 1]
    return many + ("十" if tens else "") + (ORDINAL_DIGITS[ones - 1] if ones else "")


def from_data(data: dict[str, Any]) -> PaperContent:
    """The content as it was frozen."""
    sections = tuple(
        Section(
            part["heading"],
            tuple(part["paragraphs"]),
            _table(part["table"]) if part["table"] else None,
        )
        for part in data["sections"]
    )
    tuples = {name: tuple(data[name]) for name in ("opening", "closing", "english")}
    signing = tuple(SigningLine(**line) for line in data.get("signing", ()))
    return PaperContent(**{**data, **tuples, "sections": sections, "signing": signing})


def _table(data: dict[str, Any]) -> Table:
    rows = tuple(tuple(row) for row in data["rows"])
    return Table(data["caption"], tuple(data["headers"]), rows, tuple(data["numeric"]))


def from_json(text: str) -> PaperContent:
    """The content of its canonical JSON."""
    return from_data(json.loads(text))


def canonical(content: PaperContent) -> str:
    """The one JSON form of a content: what is encrypted, embedded and hashed."""
    return json.dumps(content.as_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
