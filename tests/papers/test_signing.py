"""Signing: valid, reproducible, broken by one flipped byte, and still PDF/A-3a and PDF/UA-1."""

import asyncio
import hashlib
import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import outloud
import page
import pikepdf
import pypdfium2
import pytest

from papers import rendering
from papers.seals import demo, signing, widget
from papers.seals.inspection import found
from tests.papers import samples, sealing

SAID = signing.Statement(sealing.NAME, datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "签发公文")
SIGNED = ("grant", "refusal")


@pytest.fixture(scope="module")
def signer():
    return demo._signer(demo._path(), sealing.certificate())


@pytest.fixture(scope="module")
def unsigned():
    return {name: rendering.render(replace(samples.ALL[name], sealed=True)) for name in SIGNED}


@pytest.fixture(scope="module")
def signed(unsigned, signer):
    return {name: signing.sign(pdf, signer, SAID) for name, pdf in unsigned.items()}


def judged(pdf, roots=None):
    return found(pdf, [demo.root()] if roots is None else roots)


@pytest.mark.parametrize("name", SIGNED)
def test_a_signature_is_valid_and_names_its_seal(signed, name):
    findings = judged(signed[name])

    assert findings.signature == "good"
    assert findings.signer == sealing.NAME


def test_a_signature_under_an_authority_we_do_not_know_is_strange(signed):
    assert judged(signed["grant"], roots=[]).signature == "strange"


@pytest.mark.parametrize("place", [0.001, 0.1, 0.3, 0.5, 0.7, 0.85, 0.999])
def test_one_flipped_byte_breaks_it(signed, place):
    pdf = bytearray(signed["grant"])
    pdf[int(len(pdf) * place)] ^= 1

    assert judged(bytes(pdf)).signature != "good"


def test_what_is_appended_breaks_it(signed):
    assert judged(signed["grant"] + b"\n% more").signature == "changed"


def test_a_second_update_breaks_it(signed):
    with pikepdf.open(io.BytesIO(signed["grant"])) as book:
        changed = io.BytesIO()
        book.docinfo["/Subject"] = "又一次"
        book.save(changed)

    assert judged(changed.getvalue()).signature != "good"


@pytest.mark.parametrize("profile", ["PDF_A_3A", "PDF_UA_1"])
@pytest.mark.parametrize("name", SIGNED)
def test_a_conformance_checker_finds_nothing_in_a_signed_file(signed, name, profile):
    report = page.validate_pdf_bytes(signed[name], profile=getattr(page.ValidationProfile, profile))

    assert report.is_compliant, report.failures


@pytest.mark.parametrize("name", SIGNED)
def test_a_screen_reader_checker_finds_nothing_in_a_signed_file(signed, name, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(signed[name])
    report = outloud.check(str(path))

    assert (report.errors, report.warnings, report.verdict) == (0, 0, "pass"), report.findings


def test_the_unsigned_file_is_the_beginning_of_the_signed_one(unsigned, signed):
    assert signed["grant"].startswith(unsigned["grant"])


def test_signing_again_makes_the_same_bytes(unsigned, signed, signer):
    assert signing.sign(unsigned["grant"], signer, SAID) == signed["grant"]


def test_another_process_makes_the_same_bytes(unsigned, signed, tmp_path):
    code = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import django
django.setup()
from papers.seals import demo, signing
at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
signer = demo._signer(demo._path(), Path(sys.argv[1]).read_text())
said = signing.Statement(sys.argv[2], at, "签发公文")
sys.stdout.buffer.write(signing.sign(sys.stdin.buffer.read(), signer, said))
"""
    path = tmp_path / "seal.pem"
    path.write_text(sealing.certificate())
    command = [sys.executable, "-c", code, str(path), sealing.NAME]
    done = subprocess.run(command, input=unsigned["grant"], capture_output=True, check=True)

    assert hashlib.sha256(done.stdout).digest() == hashlib.sha256(signed["grant"]).digest()


def test_the_field_lies_over_the_seal_as_it_is_drawn(signed):
    """The seal is the only red thing that low on its page: its outline fills the field, and nothing lies outside."""
    with pikepdf.open(io.BytesIO(signed["grant"])) as book:
        [(number, box)] = [
            (number, [float(each) for each in note.Rect])
            for number, sheet in enumerate(book.pages)
            for note in sheet.get("/Annots", [])
            if note.get("/FT") == "/Sig"
        ]
    left, bottom, right, top = box
    picture = pypdfium2.PdfDocument(signed["grant"])[number].render(may_draw_forms=False).to_numpy()
    red = (picture[:, :, 2] > 180) & (picture[:, :, 1] < 90)
    lines, columns = red.nonzero()
    height = picture.shape[0]

    assert abs(columns.min() - left) < 8
    assert abs(columns.max() - right) < 8
    assert abs(height - lines.max() - bottom) < 8
    assert abs(height - lines.min() - top) < 8


def test_a_paper_without_a_drawn_seal_is_signed_invisibly(signer):
    plain = rendering.render(replace(samples.GRANT, seal_note="", sealed=False))
    done = signing.sign(plain, signer, SAID)

    assert judged(done).signature == "good"
    with pikepdf.open(io.BytesIO(done)) as book:
        [field] = book.Root.AcroForm.Fields
        assert (str(field.T), [float(each) for each in field.Rect]) == (widget.FIELD, [0, 0, 0, 0])


def test_a_real_seal_is_drawn_without_the_word_specimen():
    pdf = rendering.render(replace(samples.GRANT, seal_note="", sealed=True))
    text = "".join(each.get_textpage().get_text_bounded() for each in pypdfium2.PdfDocument(pdf))

    assert "样章" not in text
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, report.failures


def test_a_signature_is_judged_where_an_event_loop_is_running_too(signed):
    async def look():
        return judged(signed["grant"])

    # In a thread of its own: where a browser has started, this one has a loop already.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, look()).result().signature == "good"
