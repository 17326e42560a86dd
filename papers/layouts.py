"""The layouts of papers: which kind is set in which, and what each measures."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from papers.models import Paper

FOLDER = Path(settings.BASE_DIR) / "templates" / "papers"
COMMON = "common.css"
DOCUMENT, LETTER, SHEET, CERTIFICATE, LARGE = "document", "letter", "sheet", "certificate", "large"
# Filled in by hand and scanned again; no kind of paper is set in it, because nobody issues it.
FORM = "form"
Kind = Paper.Kind
# Acts that are laid before a court or a review keep the full form, as does what one organ reports to another; what
# tells one person something is a letter; what is filled in, shown or signed by hand is a sheet.
LAYOUT_OF = {
    Kind.ACCEPTANCE: LETTER,
    Kind.NOT_ACCEPTED: LETTER,
    Kind.CORRECTION: LETTER,
    Kind.GRANT: DOCUMENT,
    Kind.WAIVER_GRANT: DOCUMENT,
    Kind.PHASE_OUT: DOCUMENT,
    Kind.SERVICE: DOCUMENT,
    Kind.REFERRAL: LETTER,
    Kind.ANSWER: LETTER,
    Kind.REFUSAL: DOCUMENT,
    Kind.REVOCATION: DOCUMENT,
    Kind.PRIOR_NOTICE: LETTER,
    Kind.STOP: DOCUMENT,
    Kind.REDUCTION: DOCUMENT,
    Kind.RECOVERY: DOCUMENT,
    Kind.NO_ACTION: LETTER,
    Kind.DOSSIER: DOCUMENT,
    Kind.RECEIPT: SHEET,
    Kind.EXTENSION: LETTER,
    Kind.OBJECTION_REPLY: LETTER,
    Kind.STATEMENT_REPLY: LETTER,
    Kind.COMPLAINT_REPLY: LETTER,
    Kind.PHASE_OUT_END: LETTER,
    Kind.CERTIFICATE: CERTIFICATE,
    Kind.AGREEMENT: SHEET,
    Kind.PAYMENT_ADVICE: LETTER,
    Kind.NOTICE_SHEET: SHEET,
    Kind.VISIT_RECORD: SHEET,
    Kind.BATCH_COVER: SHEET,
    Kind.YEARLY_REPORT: DOCUMENT,
    Kind.CORRIGENDUM: LETTER,
    Kind.HANDOVER: SHEET,
}


@dataclass(frozen=True)
class Measures:
    """What a layout is made of, and the lengths the typesetter counts with.

    `width` of the text and `cell_em`, one character of a table, are in mm; `title` is how many characters of a title
    stand on one line. `records`: tables that would break their words are told row by row.
    """

    template: str
    styles: tuple[str, ...]
    width: float = 156.0
    cell_em: float = 4.2334
    title: int = 20
    records: bool = False


LAYOUTS = {
    DOCUMENT: Measures("document.html", ("document.css",)),
    LETTER: Measures("letter.html", ("letter.css",)),
    SHEET: Measures("sheet.html", ("sheet.css",), width=170.0, cell_em=3.7042, title=22),
    CERTIFICATE: Measures("certificate.html", ("sheet.css", "certificate.css"), width=156.0, cell_em=3.8806, title=14),
    FORM: Measures("form.html", ("sheet.css",), width=170.0, cell_em=3.7042, title=22),
    LARGE: Measures("large.html", ("large.css",), width=170.0, cell_em=6.35, title=16, records=True),
}


def layout_of(kind: str) -> str:
    """The layout a kind of paper is set in unless its content names another."""
    return LAYOUT_OF[Kind(kind)]


def measures(layout: str) -> Measures:
    """The measures of a layout; papers frozen before there were several are documents."""
    return LAYOUTS[layout or DOCUMENT]
