"""Scans of papers sealed by hand: read by their QR codes, divided into papers, kept beside the original."""

import io

import pypdfium2
import pytest

from papers import rendering
from papers.models import Scan, SealUse
from papers.seals import aside, scans
from papers.seals.scans import Part
from people.models import User
from tests.papers import samples, sealing

CODE = samples.CODE.replace("-", "")


@pytest.fixture(scope="module")
def scanned():
    """A paper that went through a printer and a scanner: pictures, a little askew."""
    book = pypdfium2.PdfDocument(rendering.render(samples.GRANT))
    sheets = [page.render(scale=2.2).to_pil().convert("L").rotate(1.2, fillcolor=250) for page in book]
    target = io.BytesIO()
    sheets[0].save(target, "PDF", resolution=158, save_all=True, append_images=sheets[1:], quality=55)
    return target.getvalue()


def test_the_code_is_read_from_a_scan(scanned):
    codes = scans.codes_on(scanned)

    assert codes[-1] == [CODE]
    assert not any(codes[:-1])


def test_what_is_no_pdf_gives_no_answer():
    with pytest.raises(aside.NoAnswer):
        scans.codes_on(b"%PDF-1.7 nothing")


@pytest.mark.parametrize(
    "codes,parts",
    [
        ([[], ["A"]], [Part(1, 2, "A")]),
        ([["A"], [], ["B"]], [Part(1, 1, "A"), Part(2, 3, "B")]),
        ([["A"], []], [Part(1, 1, "A"), Part(2, 2, "")]),
        ([[], []], [Part(1, 2, "")]),
    ],
)
def test_a_scan_is_divided_where_a_code_stands(codes, parts):
    assert scans.divided(codes) == parts


def test_pages_of_a_part_are_cut_out(scanned):
    cut = scans.cut(scanned, Part(2, 2, CODE))

    assert len(pypdfium2.PdfDocument(cut)) == 1
    assert scans.codes_on(cut) == [[CODE]]


def test_the_only_part_of_a_scan_is_the_scan_itself(scanned):
    assert scans.cut(scanned, Part(1, len(pypdfium2.PdfDocument(scanned)), CODE)) == scanned


@pytest.fixture
def clerk(db):
    return User.objects.create_user(username="clerk", password="x", full_name="李明")


def test_a_scan_is_kept_sealed_and_entered_into_the_register(issued, office, clerk, monday, settings):
    paper, seal = issued(), sealing.wet(office)
    scan = scans.keep(paper, b"%PDF scan", 2, seal, clerk, monday)

    assert scans.scan_bytes(Scan.objects.get()) == b"%PDF scan"
    [use] = SealUse.objects.all()
    assert (use.paper, use.seal, use.by, use.purpose, use.scan) == (paper, seal, "clerk", "wet", scan)
    [stored] = list(settings.MEDIA_ROOT.rglob("*.sealed"))
    assert b"scan" not in stored.read_bytes()


def test_the_same_scan_is_kept_once(issued, office, clerk, monday, settings):
    paper, seal = issued(), sealing.wet(office)
    scans.keep(paper, b"%PDF scan", 2, seal, clerk, monday)

    assert scans.keep(paper, b"%PDF scan", 2, seal, clerk, monday) is None
    assert len(list(settings.MEDIA_ROOT.rglob("*.sealed"))) == 1
    assert scans.keep(paper, b"%PDF better scan", 2, seal, clerk, monday) is not None


def test_a_scan_that_cannot_be_entered_leaves_no_file(issued, office, clerk, monday, settings):
    paper, seal = issued(), sealing.wet(office)
    with pytest.raises(Exception, match="scan_shows_something"):
        scans.keep(paper, b"%PDF scan", 0, seal, clerk, monday)

    assert not list(settings.MEDIA_ROOT.rglob("*.sealed"))
