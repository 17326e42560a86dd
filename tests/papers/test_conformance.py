"""PDF/A-3a for the archive and PDF/UA-1 for screen readers, in one file."""

import io
from dataclasses import replace

import outloud
import page
import pikepdf
import pytest

from papers import rendering
from papers.content import Section, Table
from tests.papers import samples


@pytest.fixture(scope="module")
def made():
    return {name: rendering.render(content) for name, content in samples.ALL.items()}


@pytest.fixture(params=samples.ALL)
def book(made, request):
    with pikepdf.open(io.BytesIO(made[request.param])) as book:
        yield book


@pytest.mark.parametrize("profile", ["PDF_A_3A", "PDF_UA_1"])
@pytest.mark.parametrize("name", samples.ALL)
def test_a_conformance_checker_finds_nothing(made, name, profile):
    report = page.validate_pdf_bytes(made[name], profile=getattr(page.ValidationProfile, profile))

    assert report.is_compliant, report.failures


@pytest.mark.parametrize("name", samples.ALL)
def test_a_screen_reader_checker_finds_nothing(made, name, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(made[name])
    found = outloud.check(str(path))

    assert (found.errors, found.warnings) == (0, 0), found.findings
    assert found.verdict == "pass"


def test_title_and_language_are_told(book):
    assert str(book.Root.Lang) == "zh-CN"
    assert book.Root.ViewerPreferences.DisplayDocTitle
    assert "〔2026〕" in str(book.docinfo.Title)
    assert book.Root.MarkInfo.Marked


def test_both_standards_are_named_in_readable_metadata(book):
    raw = book.Root.Metadata.read_raw_bytes().decode()

    assert 'pdfaid:part="3"' in raw
    assert 'pdfaid:conformance="A"' in raw
    assert "<pdfuaid:part>1</pdfuaid:part>" in raw


def test_fonts_are_embedded_truetype_and_can_be_read_as_text(book):
    fonts = list(found_fonts(book))

    assert fonts
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor
        assert "/FontFile3" not in descriptor
        assert "/ToUnicode" in font


def found_fonts(book):
    for number in range(1, len(book.objects)):
        each = book.get_object(number, 0)
        if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Type0":
            yield each


def elements(book, role):
    """Structure elements of a role, in reading order."""

    def walk(element):
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/OBJR":
                if kid.get("/S") == role:
                    yield kid
                yield from walk(kid)

    return list(walk(book.Root.StructTreeRoot))


def test_one_title_heads_the_paper(book):
    assert len(elements(book, "/H1")) == 1


def test_pictures_are_described(book):
    descriptions = [str(figure.Alt) for figure in elements(book, "/Figure")]

    assert len(descriptions) == 2
    assert any("印章（样章）" in description for description in descriptions)
    assert any("核验二维码" in description for description in descriptions)


@pytest.mark.parametrize("name", ["grant", "correction", "phase_out"])
def test_table_headings_say_what_they_stand_over(made, name):
    with pikepdf.open(io.BytesIO(made[name])) as book:
        scopes = [str(heading.A.Scope) for heading in elements(book, "/TH")]
        rows = len(elements(book, "/TR")) - len(elements(book, "/THead"))

    table = next(section.table for section in samples.ALL[name].sections if section.table)
    assert scopes.count("/Column") == len(table.headers)
    assert scopes.count("/Row") == rows == len(table.rows)


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_small_tables_are_read_as_tables_too(rows, tmp_path):
    table = Table(
        "需要补正的内容", ("序号", "项目", "要求"), tuple((str(n), "残疾人证", "请重新上传。") for n in range(rows))
    )
    content = replace(samples.CORRECTION, sections=(Section("需要补正的全部内容", (), table),))
    path = tmp_path / "paper.pdf"
    path.write_bytes(rendering.render(content))

    assert outloud.check(str(path)).verdict == "pass"


def test_links_are_printed(book):
    flags = [annotation.F for sheet in book.pages for annotation in sheet.get("/Annots", [])]

    assert flags == [4]


def test_no_stream_ends_where_checkers_would_miscount_it(book):
    streams = [each for each in book.objects if isinstance(each, pikepdf.Stream)]

    assert not [stream.objgen for stream in streams if stream.read_raw_bytes().endswith(b"\r")]


def test_the_attachment_is_dated_as_the_paper_is(made):
    with pikepdf.open(io.BytesIO(made["grant"])) as book:
        [name] = book.attachments
        attached = book.attachments[name].get_file()

        assert name == "paper.json"
        assert attached.mime_type == "application/json"
        assert attached.creation_date.date().isoformat() == "2026-03-12"
        assert str(book.Root.AF[0].AFRelationship) == "/Data"
