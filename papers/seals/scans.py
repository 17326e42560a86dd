"""Papers that were printed, sealed by hand and scanned: divided by their QR codes, kept beside the original."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from django.db import transaction

from papers import reading
from papers.models import Paper, Scan, Seal
from papers.seals import aside, register
from people import sealed_files
from people.models import User

FOLDER = "scans"
PROGRAM = "papers.seals.qr"


@dataclass(frozen=True)
class Part:
    """Pages of a scan that belong together: from `first` to `last` (counted from 1), and the code read on the last.

    `code` is "" for pages after the last one on which a code could be read.
    """

    first: int
    last: int
    code: str


def codes_on(pdf: bytes) -> list[list[str]]:
    """The verification codes on each page. Raises NoAnswer when the file cannot be read."""
    return aside.ask(PROGRAM, None, pdf)


def divided(codes: Sequence[Sequence[str]]) -> list[Part]:
    """The parts of a scan: our papers bear their code on the page of the seal, which is the last."""
    parts, first = [], 1
    for number, found in enumerate(codes, 1):
        if found:
            parts.append(Part(first, number, found[0]))
            first = number + 1
    return parts if first > len(codes) else [*parts, Part(first, len(codes), "")]


def cut(pdf: bytes, part: Part) -> bytes:
    """The pages of a part as a file of their own; the very same file where it has no others."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        if (part.first, part.last) == (1, len(book.pages)):
            return pdf
        with pikepdf.new() as cut_out:
            cut_out.pages.extend(book.pages[part.first - 1 : part.last])
            target = io.BytesIO()
            cut_out.save(target, deterministic_id=True)
    return target.getvalue()


def pages_of(paper: Paper) -> int:
    """How many pages a paper has. Raises Altered or a VaultError."""
    with pikepdf.open(io.BytesIO(reading.pdf_bytes(paper))) as book:
        return len(book.pages)


def keep(paper: Paper, pdf: bytes, pages: int, seal: Seal, by: User, at: datetime) -> Scan | None:
    """Keep a scan of a paper and enter it into the register, in the caller's transaction.

    None when this very scan is there already. Whoever rolls back removes the file: `sealed_files.remove(scan.file)`.
    """
    mark = hashlib.sha256(pdf).hexdigest()
    Paper.objects.select_for_update(of=("self",), no_key=True).get(pk=paper.pk)
    if paper.scans.filter(sha256=mark).exists():
        return None
    name = sealed_files.put(FOLDER, paper.data_key, pdf, _context(paper, mark))
    try:
        with transaction.atomic():
            kept = Scan.objects.create(
                paper=paper, file=name, sha256=mark, size=len(pdf), pages=pages, added_at=at, added_by=by.username
            )
            register.enter_scan(kept, seal, by)
    except BaseException:
        sealed_files.remove(name)
        raise
    return kept


def latest_of(paper: Paper) -> Scan | None:
    """The scan that counts; None where the paper was not sealed by hand (yet)."""
    return paper.scans.select_related("paper__data_key").order_by("-pk").first()


def scan_bytes(scan: Scan) -> bytes:
    """The scan as it was kept. Raises Altered, KeyDestroyed or Undecipherable."""
    pdf = sealed_files.get(scan.file, scan.paper.data_key, _context(scan.paper, scan.sha256))
    if hashlib.sha256(pdf).hexdigest() != scan.sha256:
        raise reading.Altered(scan.paper.number)
    return pdf


def _context(paper: Paper, sha256: str) -> str:
    return f"paper:{paper.verify_code}:scan:{sha256}"
