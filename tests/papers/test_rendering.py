"""Papers as PDF: what they say, how they look, and that they are the same every time."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import groupby

import numpy
import pypdfium2
import pytest

from papers import archival, rendering
from papers.content import Section, Table
from tests.papers import samples
from tests.papers.engines import ink_of, text_of

MILLIMETRES = 25.4 / 72
PAGE_NUMBER = re.compile("—[1-9]—")
RARE_NAMES = ("欧阳𬱖", "马㛃儿·买买提江", "李䶮")


@pytest.fixture(scope="module")
def made():
    """Every sample paper, rendered once."""
    return {name: rendering.render(content) for name, content in samples.ALL.items()}


@pytest.mark.parametrize("engine", ["pdfium", "mupdf"])
@pytest.mark.parametrize("name", samples.ALL)
def test_every_text_can_be_read_out_of_the_pdf(made, name, engine):
    content, text = samples.ALL[name], PAGE_NUMBER.sub("", text_of(made[name], engine))
    missing = [value for _field, value in content.texts() if squeezed(value) not in text]

    assert set(missing) <= {content.seal_note, content.verify_url if engine == "mupdf" else ""}


@pytest.mark.parametrize("engine", ["pdfium", "mupdf"])
@pytest.mark.parametrize("person", RARE_NAMES)
def test_rare_names_can_be_read_out_of_the_pdf(person, engine):
    pdf = rendering.render(replace(samples.ACCEPTANCE, addressee=person))

    assert f"{person}：" in text_of(pdf, engine)


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("name", samples.ALL)
def test_two_engines_draw_the_same_ink(made, name):
    for pdfium, mupdf in zip(ink_of(made[name], "pdfium"), ink_of(made[name], "mupdf"), strict=True):
        assert 0.005 < pdfium.mean() < 0.1
        assert pdfium.mean() == pytest.approx(mupdf.mean(), rel=0.05)
        assert numpy.corrcoef(pdfium.ravel(), mupdf.ravel())[0, 1] > 0.99


def test_the_last_page_bears_text_signature_and_imprint(made):
    for name, content in samples.ALL.items():
        last = text_of(made[name], "pdfium", page=-1)
        assert f"{content.date}印发" in last, name
        assert squeezed(content.signer) in last, name
        assert last.index("印发") > last.index(content.date), name


def test_pages_hold_22_lines_of_28_characters():
    long = replace(samples.GRANT, opening=("残" * 28 * 22 * 3,), sections=())
    with pypdfium2.PdfDocument(rendering.render(long)) as book:
        page = book[1].get_textpage()
        boxes = [page.get_charbox(i) for i in range(page.count_chars()) if page.get_text_range(i, 1) == "残"]
        lines = [len(list(line)) for _y, line in groupby(boxes, key=lambda box: round(box[1]))]
        lefts, tops = [box[0] * MILLIMETRES for box in boxes], [297 - box[3] * MILLIMETRES for box in boxes]

    assert lines == [28] * 22
    assert min(lefts) == pytest.approx(28, abs=1)
    assert min(tops) == pytest.approx(37, abs=4)


def test_page_numbers_stand_at_the_outer_corner(made):
    with pypdfium2.PdfDocument(made["grant"]) as book:
        first, second = (number_place(page) for page in book)

    assert first > 150
    assert second < 60


def number_place(page):
    """How far from the left edge (mm) the page number "— 1 —" begins."""
    text = page.get_textpage()
    place = [i for i in range(text.count_chars()) if text.get_text_range(i, 1) == "—"][-2]
    return text.get_charbox(place)[0] * MILLIMETRES


def test_the_same_content_gives_the_same_bytes(made):
    assert rendering.render(samples.GRANT) == made["grant"]


@pytest.mark.slow
def test_another_process_gives_the_same_bytes(made, tmp_path):
    script = (
        "import sys, django; django.setup(); from papers import rendering; from tests.papers import samples; "
        "sys.stdout.buffer.write(rendering.render(samples.GRANT))"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "project.settings", "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "-c", script]
    run = subprocess.run(command, env=environment, capture_output=True, check=True)

    assert run.stdout == made["grant"]


def test_different_contents_give_different_bytes(made):
    assert rendering.render(replace(samples.GRANT, addressee="王小明")) != made["grant"]


def test_a_specimen_seal_is_drawn_only_with_its_note(made):
    unsealed = rendering.render(replace(samples.GRANT, seal_note=""))

    assert red_ink(made["grant"]) > 2 * red_ink(unsealed)


def red_ink(pdf):
    """Red points on the last page but for the imprint; the first page has the red head."""
    with pypdfium2.PdfDocument(pdf) as book:
        picture = book[len(book) - 1].render(scale=1).to_numpy().astype(int)
    return 1 + int((abs(picture[..., 2] - picture[..., 0]) > 100).sum())


def test_markup_in_what_people_wrote_stays_text(made):
    evil = "<img src=x><b>&lt;"
    pdf = rendering.render(replace(samples.ACCEPTANCE, opening=(evil,), addressee=evil))

    assert text_of(pdf, "pdfium").count(squeezed(evil)) == 2


def test_a_long_table_goes_over_pages_with_its_head():
    rows = tuple((f"2026年{month}月", "650.00") for month in range(1, 61))
    section = Section("发放计划", (), Table("按月发放计划", ("月份", "合计"), rows, numeric=(1,)))
    pdf = rendering.render(replace(samples.GRANT, sections=(section,)))

    assert text_of(pdf, "pdfium").count("月份") > 1


def test_short_cells_are_not_broken(made):
    with pypdfium2.PdfDocument(made["grant"]) as book:
        lines = [page.get_textpage().get_text_bounded() for page in book][1]

    assert lines.count("符合") == 5
    assert lines.count(samples.BASIS) == 6


@pytest.mark.parametrize("paragraphs", range(1, 12))
def test_heading_caption_and_first_rows_stay_together(paragraphs):
    opening = ("残疾人就业补贴申请收悉。" * 3,) * paragraphs
    with pypdfium2.PdfDocument(rendering.render(replace(samples.GRANT, opening=opening))) as book:
        pages = [page.get_textpage().get_text_bounded() for page in book]

    [page] = [page for page in pages if "审核认定情况表" in page]
    assert "一、审核认定的情况" in page
    assert "残疾人证号与身份证" in page


def test_the_content_travels_in_the_pdf(made):
    with pypdfium2.PdfDocument(made["grant"]) as book:
        attachment = book.get_attachment(0)
        assert attachment.get_name() == archival.ATTACHMENT_NAME
        assert bytes(attachment.get_data()).decode() == rendering.contents.canonical(samples.GRANT)
