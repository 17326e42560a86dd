"""From frozen content to PDF: GB/T 9704 layout, tagged, the same bytes every time."""

import hashlib
import io
from functools import cache
from pathlib import Path

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from pikepdf import Dictionary, Name

from papers import content as contents
from papers import fontpack, pictures
from papers.content import PaperContent

fontpack.use()

from weasyprint import CSS, HTML  # noqa: E402 - fontconfig reads its file at the first import
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: E402

STYLE = Path(settings.BASE_DIR) / "templates" / "papers" / "document.css"
ALLOWED = ("data:image/png;base64,", "data:image/svg+xml;base64,")
ORDINALS = "一二三四五六七八九十"
VARIANT = "pdf/ua-1"


class LockedFetcher(URLFetcher):
    """Fetches nothing but pictures that stand in the document itself; anything else stops the rendering."""

    def fetch(self, url, headers=None):
        """Only data URIs of pictures."""
        if url.startswith(ALLOWED):
            return super().fetch(url, headers)
        raise FatalURLFetchingError("papers may not fetch anything")


def html_of(content: PaperContent) -> str:
    """The paper as HTML, everything escaped."""
    organ_points = min(48.0, 442 / (len(content.organ_mark) + 2))
    context = {
        "content": content,
        "sections": [(ORDINALS[number], section) for number, section in enumerate(content.sections)],
        "organ_size": f"{organ_points:.1f}",
        "qr": pictures.qr(content.verify_url),
        "seal": pictures.seal(content.signer, content.seal_note) if content.seal_note else "",
    }
    return render_to_string("papers/document.html", context)


def render(content: PaperContent) -> bytes:
    """The PDF of a paper. Deterministic: the same content gives the same bytes in every process."""
    identifier = hashlib.sha256(contents.canonical(content).encode()).hexdigest()[:32].encode()
    style, fonts = _style()
    document = HTML(string=html_of(content), url_fetcher=LockedFetcher(allowed_protocols=["data"], allow_redirects=False))
    pdf = document.write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant=VARIANT, pdf_identifier=identifier
    )
    return _finished(pdf)


@cache
def _style() -> tuple[CSS, FontConfiguration]:
    fonts = FontConfiguration()
    return CSS(filename=str(STYLE), font_config=fonts), fonts


def _finished(pdf: bytes) -> bytes:
    """What the renderer leaves out: scopes of table headings, print flags of links."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        _scope(book.Root.StructTreeRoot, in_head=False)
        for page in book.pages:
            for annotation in page.get("/Annots", []):
                annotation.F = 4
        out = io.BytesIO()
        book.save(out, deterministic_id=True)
    return out.getvalue()


def _scope(element: Dictionary, *, in_head: bool) -> None:
    kids = element.get("/K")
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids] if isinstance(kids, Dictionary) else []
    for kid in kids:
        if not isinstance(kid, Dictionary) or kid.get("/Type") == Name.OBJR:
            continue
        role = str(kid.get("/S", ""))
        if role == "/TH":
            kid.A = Dictionary(O=Name.Table, Scope=Name.Column if in_head else Name.Row)
        _scope(kid, in_head=in_head or role == "/THead")
