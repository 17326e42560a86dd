"""Papers of every kind and layout: their words can be read out of the file, and they look as they should."""

import io
import re

import numpy
import outloud
import page
import pikepdf
import pypdfium2
import pytest

from papers import layouts, rendering
from papers.models import Paper
from tests.papers import kinds
from tests.papers.engines import ink_of, text_of

MILLIMETRES = 25.4 / 72
PAGE_NUMBER = re.compile("—[1-9]—")
RED = (230, 0, 18)


@pytest.fixture(scope="module")
def made():
    """Every paper, rendered once, when it is first asked for."""
    files = {}

    def make(name):
        if name not in files:
            files[name] = rendering.render(kinds.ALL.get(name) or kinds.OF_EACH_LAYOUT[name])
        return files[name]

    return make


def squeezed(text):
    return "".join(text.split())


def test_every_kind_has_a_layout_and_a_sample():
    assert set(layouts.LAYOUT_OF) == set(Paper.Kind)
    assert set(kinds.BY_KIND) == set(Paper.Kind.values)


@pytest.mark.parametrize("engine", ["pdfium", "mupdf"])
@pytest.mark.parametrize("name", kinds.ALL)
def test_every_text_can_be_read_out_of_the_pdf(made, name, engine):
    content, text = kinds.ALL[name], PAGE_NUMBER.sub("", text_of(made(name), engine))
    missing = {value for _field, value in content.texts() if squeezed(value) not in text}

    only_on_screen = {content.seal_note, content.verify_url}
    if content.layout != layouts.DOCUMENT:
        only_on_screen.add(content.issued_by)
    assert missing <= only_on_screen


@pytest.mark.parametrize("name", kinds.ALL)
def test_rare_names_are_read_and_no_glyph_is_missing(made, name):
    pdf = made(name)

    if name in kinds.BY_KIND:
        assert squeezed(kinds.RARE) in PAGE_NUMBER.sub("", text_of(pdf, "mupdf"))
    assert not list(blank_glyphs(pdf))


def blank_glyphs(pdf):
    """Codes of glyph 0 (.notdef) among the glyphs that are shown: two bytes each, by Identity-H."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        for sheet in book.pages:
            for operands, operator in pikepdf.parse_content_stream(sheet):
                for shown in strings(operands) if str(operator) in ("Tj", "TJ") else ():
                    codes = [shown[at : at + 2] for at in range(0, len(shown), 2)]
                    yield from (code for code in codes if code == b"\0\0")


def strings(operands):
    for operand in operands:
        parts = operand if isinstance(operand, pikepdf.Array) else [operand]
        yield from (bytes(part) for part in parts if isinstance(part, pikepdf.String))


@pytest.mark.parametrize("profile", ["PDF_A_3A", "PDF_UA_1"])
@pytest.mark.parametrize("name", kinds.OF_EACH_LAYOUT)
def test_a_conformance_checker_finds_nothing(made, name, profile):
    report = page.validate_pdf_bytes(made(name), profile=getattr(page.ValidationProfile, profile))

    assert report.is_compliant, report.failures


@pytest.mark.parametrize("name", kinds.OF_EACH_LAYOUT)
def test_a_screen_reader_checker_finds_nothing(made, name, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(made(name))
    found = outloud.check(str(path))

    assert (found.errors, found.warnings) == (0, 0), found.findings


@pytest.mark.parametrize("name", kinds.OF_EACH_LAYOUT)
def test_two_engines_draw_the_same_ink(made, name):
    for pdfium, mupdf in zip(ink_of(made(name), "pdfium"), ink_of(made(name), "mupdf"), strict=True):
        assert 0.003 < pdfium.mean() < 0.15
        assert pdfium.mean() == pytest.approx(mupdf.mean(), rel=0.05)
        assert numpy.corrcoef(pdfium.ravel(), mupdf.ravel())[0, 1] > 0.99


@pytest.mark.parametrize(
    "kind,pages",
    [("acceptance", 1), ("extension", 1), ("payment_advice", 1), ("receipt", 1), ("certificate", 1), ("batch_cover", 1),
     ("visit_record", 1), ("notice_sheet", 1), ("corrigendum", 1), ("grant", 2), ("revocation", 2)],
)  # fmt: skip
def test_papers_are_as_long_as_they_were_when_they_were_looked_at(made, kind, pages):
    with pypdfium2.PdfDocument(made(kind)) as book:
        assert len(book) == pages


def place_of(pdf, words, page=0):
    """Left, top and height (mm from the upper left corner) of the first character of words on a page."""
    with pypdfium2.PdfDocument(pdf) as book:
        text = book[page].get_textpage()
        index = text.search(words).get_next()[0]
        left, bottom, _right, top = text.get_charbox(index, loose=True)
    return left * MILLIMETRES, 297 - top * MILLIMETRES, (top - bottom) * MILLIMETRES


def red_rows(pdf, page=0):
    """Where (mm from the top) a red line runs over at least 165 mm of the page, one number a line."""
    with pypdfium2.PdfDocument(pdf) as book:
        picture = book[page].render(scale=4).to_numpy().astype(int)
    red = (abs(picture[..., 2] - RED[0]) + abs(picture[..., 1] - RED[1]) < 60).sum(axis=1)
    rows = numpy.flatnonzero(red > 165 / MILLIMETRES * 4)
    starts = [row for row in rows if row - 1 not in rows]
    return [row / 4 * MILLIMETRES for row in starts]


def test_a_letter_has_double_rules_and_its_number_at_the_right(made):
    pdf, content = made("letter"), kinds.OF_EACH_LAYOUT["letter"]
    upper, upper_thin, lower_thin, lower = red_rows(pdf)

    assert place_of(pdf, content.organ)[1] == pytest.approx(30, abs=2)
    assert upper_thin - upper == pytest.approx(1.7, abs=0.3)
    assert lower_thin == pytest.approx(297 - 20 - 2.1, abs=1)
    assert lower > lower_thin
    assert place_of(pdf, content.number)[0] > 110
    assert upper_thin < place_of(pdf, content.number)[1] < upper_thin + 6


def test_a_letter_has_no_page_number_on_its_first_page_and_no_rules_after_it(made):
    pdf = made("letter")

    assert not PAGE_NUMBER.search(text_of(pdf, "pdfium", page=0))
    assert PAGE_NUMBER.search(text_of(pdf, "pdfium", page=1))
    assert red_rows(pdf, page=1) == []
    assert "印发" not in text_of(pdf, "pdfium")


def test_signing_lines_are_read_with_their_labels(made):
    text = text_of(made("sheet"), "pdfium")

    assert "制单人：吾买尔·买买提日期：2026年3月5日" in text
    assert "复核人：日期：年月日" in text


def test_the_paper_that_is_followed_is_named_under_the_title(made):
    pdf = made("document")

    assert place_of(pdf, "撤销决定书")[1] < place_of(pdf, "关联文书")[1] < place_of(pdf, "吾买尔")[1]


def test_large_print_is_at_least_18_points(made):
    with pypdfium2.PdfDocument(made("large_phase_out")) as book:
        for sheet in book:
            text = sheet.get_textpage()
            heights = [text.get_charbox(at, loose=True) for at in range(text.count_chars())]
            assert min(top - bottom for _left, bottom, _right, top in heights if top > bottom) >= 18 * 0.99


def test_large_print_tells_wide_tables_row_by_row(made):
    text = text_of(made("records"), "pdfium")

    assert text.count("残疾人证号后四位：") == 2
    assert "金额（元）：1000.00" in text
    assert text.count("金额（元）：") == 1


def test_nothing_lies_over_the_words_of_large_print(made):
    pdf, date = made("large"), kinds.OF_EACH_LAYOUT["large"].date
    with pypdfium2.PdfDocument(pdf) as book:
        texts = [sheet.get_textpage().get_text_bounded() for sheet in book]
        at = next(number for number, text in enumerate(texts) if date in text)
        picture = book[at].render(scale=2).to_numpy().astype(int)
    red = numpy.flatnonzero((picture[..., 2] - picture[..., 0] > 100).any(axis=1)) / 2 * MILLIMETRES
    _left, top, height = place_of(pdf, date, page=at)

    assert red.min() > top + height * 0.8
