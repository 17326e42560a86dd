"""From frozen content to PDF: GB/T 9704 layout, tagged, the same bytes every time."""

import hashlib
import logging
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from papers import content as contents
from papers import fontpack, layout, pictures
from papers.content import PaperContent, Section, Table
from papers.layouts import DOCUMENT, LETTER, Measures, measures

fontpack.use()

from weasyprint import CSS, HTML  # noqa: E402 - fontconfig looks for its file at the first import
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: E402

from papers import archival  # noqa: E402
from papers.engine import warm  # noqa: E402
from papers.engine.warm import Seal  # noqa: E402

ALLOWED = ("data:image/png;base64,", "data:image/svg+xml;base64,")
VARIANT = "pdf/a-3a"
COMMON_ENDING = "文件"
ROWS_KEPT_TOGETHER = 10


class FetchRefused(Exception):
    """A paper asked for something outside itself; it is not rendered."""


class RendererFault(Exception):
    """The renderer could not draw a part; it would only have logged that, and left a gap on a legal document."""


class FaultsAreFatal(logging.Handler):
    """Turns what the renderer logs as an error into a RendererFault."""

    def emit(self, record: logging.LogRecord) -> None:
        """Raise, inside the renderer."""
        raise RendererFault(record.getMessage()[:120])


renderer_log = logging.getLogger("weasyprint")
renderer_log.setLevel(logging.ERROR)  # whatever the site's own level: without a record nothing is raised
renderer_log.addHandler(FaultsAreFatal(logging.ERROR))


class LockedFetcher(URLFetcher):
    """Fetches nothing but pictures that stand in the document itself; anything else stops the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)

    def fetch(self, url, headers=None):
        """Only data URIs of pictures."""
        if url.startswith(ALLOWED):
            return super().fetch(url, headers)
        raise FatalURLFetchingError("papers may not fetch anything")


def render(content: PaperContent) -> bytes:
    """The PDF of a paper. Deterministic: the same content gives the same bytes in every process.

    Raises FetchRefused when it would need anything but its own content, RendererFault when a part cannot be drawn.
    """
    return pdf_of(html_of(content), content)


def pdf_of(html: str, content: PaperContent) -> bytes:
    """A PDF of HTML that carries this content."""
    styles, fonts = styles_of(content)
    options = {"pdf_variant": VARIANT, "pdf_identifier": _identifier(content)}
    seal = _seal(content)
    drawn = {seal.uri: seal.stamp} if seal else {}
    try:
        page = HTML(string=html, url_fetcher=LockedFetcher())
        document = page.render(font_config=fonts, stylesheets=styles, cache=drawn, **options)
        archival.prepare(document)
        return archival.write(document, content, **options)
    except FatalURLFetchingError as error:
        raise FetchRefused(str(error)) from error


def styles_of(content: PaperContent) -> tuple[list[CSS], FontConfiguration]:
    """The style sheets and fonts of a paper's layout, loaded once a process."""
    kept = warm.state()
    return kept.styles[content.layout or DOCUMENT], kept.fonts


def html_of(content: PaperContent) -> str:
    """The paper as HTML, everything escaped."""
    look, seal = measures(content.layout), _seal(content)
    mark = content.organ_mark.removesuffix(COMMON_ENDING) + COMMON_ENDING
    context = {
        "content": content,
        "organ_mark": mark,
        "organ_size": layout.organ_mark_points(content.organ if content.layout == LETTER else mark),
        "title_lines": layout.title_lines(content.title, look.title),
        "opening": layout.paragraphs(content.opening),
        "sections": _sections(content, look),
        "closing": layout.paragraphs(content.closing),
        "issued_by": content.issued_by or content.organ,
        "place": layout.signature_place(content.signer, content.date),
        "qr": pictures.qr(content.verify_url),
        "seal": seal.uri if seal else "",
    }
    return render_to_string(f"papers/{look.template}", context)


def _sections(content: PaperContent, look: Measures) -> list[dict[str, Any]]:
    return [
        {
            "heading": heading,
            "paragraphs": layout.paragraphs(section.paragraphs),
            "table": _table(section.table, look) | _captioned(section) if section.table else None,
        }
        for heading, section in content.numbered_sections
    ]


def _captioned(section: Section) -> dict[str, str]:
    """The caption of a part's table; none that would only repeat the heading above it."""
    return {"caption": "" if section.table.caption == section.heading else section.table.caption}


def _table(table: Table, look: Measures) -> dict[str, Any]:
    if look.records and not layout.fits(table, look.width, look.cell_em):
        return {"records": [_record(table, row) for row in table.rows]}
    widths = layout.column_widths(table, look.width, look.cell_em)
    rooms = layout.rooms(widths, look.width, look.cell_em)
    rows = [[_cell(table, place, text, rooms[place]) for place, text in enumerate(row)] for row in table.rows]
    headers = [(header, place in table.numeric) for place, header in enumerate(table.headers)]
    return {
        "widths": widths,
        "headers": headers,
        "rows": rows,
        "short": len(rows) <= ROWS_KEPT_TOGETHER,
    }


def _record(table: Table, row: tuple[str, ...]) -> list[tuple[str, SafeString]]:
    """A row as its cells, each with the heading of its column; empty cells are left out."""
    kept = [layout.kept(text, layout.KEPT_IN_CELLS) for text in row]
    return [(header, text) for header, text in zip(table.headers, kept, strict=True) if text]


def _cell(table: Table, place: int, text: str, room: float) -> dict[str, Any]:
    return {
        "text": layout.in_cell(text, room),
        "numeric": place in table.numeric,
        "heading": place == table.heading_column,
    }


def _seal(content: PaperContent) -> Seal | None:
    """The seal of a paper; none where its place stays free."""
    return warm.seal(content.signer, content.seal_note) if content.sealed or content.seal_note else None


def _identifier(content: PaperContent) -> bytes:
    return hashlib.sha256(contents.canonical(content).encode()).hexdigest()[:32].encode()
