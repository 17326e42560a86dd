"""What a piece is before it stands in a catalogue, and what becomes of it in a package."""

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pikepdf
from django.template.loader import render_to_string
from django.utils import timezone

PDF = "application/pdf"


@dataclass(frozen=True)
class Found:
    """One piece: where it is found again (`reference`), number, title, day, pages, hash of its file if it has one."""

    reference: str
    title: str
    dated: date
    number: str = ""
    pages: int = 1
    sha256: str = ""


@dataclass(frozen=True)
class Member:
    """One file of a piece: what its name ends with (".pdf", "-photo-01.jpg") and its bytes."""

    ending: str
    content: bytes


def pages_of(content: bytes, content_type: str) -> int:
    """How many pages a file has; a picture, and what cannot be counted, is one."""
    if content_type != PDF:
        return 1
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return max(len(pdf.pages), 1)
    except pikepdf.PdfError:
        return 1


def page(title: str, facts: Iterable[tuple[str, str]], parts: Iterable[tuple[str, str]] = ()) -> Member:
    """A page that any browser shows: `facts` are labels and values, `parts` are headings and longer texts."""
    context = {"title": title, "facts": list(facts), "parts": list(parts)}
    return Member(".html", render_to_string("archives/package/piece.html", context).encode())


def data(value: Any) -> Member:
    """The same for machines."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, default=str)
    return Member(".json", f"{text}\n".encode())


def day(at: datetime) -> date:
    """The day of a moment, in Beijing."""
    return timezone.localdate(at)


def moment(at: datetime | None) -> str:
    """A moment as pages of the file write it; "" for none."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
