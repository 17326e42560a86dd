"""The drawn seal on a letter: the picture that stands in the HTML, drawn once for all letters of an office."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops
from weasyprint import HTML

from papers import rendering
from papers.engine import warm
from papers.stamp import Stamp
from tests.papers import samples

DOTS_A_POINT = 8
LONG = replace(samples.REFUSAL, signer="金平苗族瑶族傣族自治县人力资源和社会保障局")
RARE = replace(samples.REFUSAL, signer="㛃𬱖𬀩局")
TEXT_OPERATORS = {"BT", "Tf", "Tj", "TJ"}


def by_the_renderer_alone(content):
    """The same HTML with the seal set by the renderer, letter by letter."""
    sheets, fonts = rendering.styles_of(content)
    page = HTML(string=rendering.html_of(content), url_fetcher=rendering.LockedFetcher())
    return page.write_pdf(stylesheets=sheets, font_config=fonts)


def last_page(pdf):
    book = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return book[len(book) - 1].render(scale=DOTS_A_POINT).to_pil().convert("RGB")


def red_of(picture):
    """Where ink of the seal lies: white, where it is red."""
    red, green, _blue = picture.split()
    return ImageChops.subtract(red, green).point(lambda value: 255 if value > 128 else 0)


def forms_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as book:
        streams = [each for each in book.objects if isinstance(each, pikepdf.Stream)]
        forms = [each for each in streams if each.get("/Subtype") == "/Form"]
        return [{str(operator) for _operands, operator in pikepdf.parse_content_stream(form)} for form in forms]


@pytest.mark.parametrize("content", [samples.REFUSAL, LONG, RARE, replace(samples.REFUSAL, sealed=True, seal_note="")])
def test_the_seal_looks_as_the_renderer_would_set_it(content):
    ours, theirs = (red_of(last_page(pdf)) for pdf in (rendering.render(content), by_the_renderer_alone(content)))
    wrong = ImageChops.difference(ours, theirs)

    assert all(abs(one - other) <= 1 for one, other in zip(ours.getbbox(), theirs.getbbox(), strict=True))
    assert wrong.histogram()[255] < theirs.histogram()[255] * 0.12  # the edges of strokes, smoothed another way


def test_the_seal_is_lines_and_areas_and_no_text():
    [operators] = forms_of(rendering.render(samples.REFUSAL))

    assert {"S", "f", "c"} <= operators
    assert not TEXT_OPERATORS & operators


def test_a_seal_is_drawn_once_for_all_papers_of_an_office():
    warm.seal.cache_clear()
    for number in range(3):
        rendering.render(replace(samples.REFUSAL, number=f"蒙人社决〔2026〕{number}号"))

    assert warm.seal.cache_info().misses == 1


def test_a_seal_is_the_same_every_time_it_is_drawn():
    assert Stamp("蒙自市民政局", "样章").packed == Stamp("蒙自市民政局", "样章").packed
    assert Stamp("蒙自市民政局", "样章").packed != Stamp("蒙自市民政局", "").packed


def test_a_paper_whose_seal_stays_free_has_none():
    assert forms_of(rendering.render(replace(samples.REFUSAL, seal_note=""))) == []
