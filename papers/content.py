"""The content of a paper: structured, frozen, and the same for PDF, HTML twin and archive."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Table:
    """A table with a caption; `numeric` are the columns set flush right."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """A numbered part of a paper: 一、二、三、."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class PaperContent:
    """Everything a paper says. `number` and `verify_code` are filled in when it is issued.

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
    machine: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Plain data, as it is frozen."""
        return asdict(self)

    def texts(self) -> list[tuple[str, str]]:
        """Every text with the name of its field, for checks of the characters in it."""
        found = [(name, value) for name, value in self.as_data().items() if isinstance(value, str)]
        found += [("opening", text) for text in self.opening] + [("closing", text) for text in self.closing]
        for section in self.sections:
            found += [("sections", text) for text in (section.heading, *section.paragraphs)]
            if section.table:
                cells = (section.table.caption, *section.table.headers, *(c for row in section.table.rows for c in row))
                found += [("table", text) for text in cells]
        return found


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
    return PaperContent(**{**data, **tuples, "sections": sections})


def _table(data: dict[str, Any]) -> Table:
    rows = tuple(tuple(row) for row in data["rows"])
    return Table(data["caption"], tuple(data["headers"]), rows, tuple(data["numeric"]))


def canonical(content: PaperContent) -> str:
    """The one JSON form of a content: what is encrypted, embedded and hashed."""
    return json.dumps(content.as_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
