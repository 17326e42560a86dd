"""What is said of a photograph handed in: size, light, sharpness, and what to do."""

import io

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from applications import photo_check


def page(width=1500, height=2000, paper=225):
    """A photographed page of small print."""
    picture = Image.new("RGB", (width, height), (paper,) * 3)
    pen = ImageDraw.Draw(picture)
    for y in range(100, height - 60, 40):
        for x in range(100, width - 60, 24):
            pen.rectangle((x, y, x + 3, y + 18), fill=(40, 40, 40))
            pen.rectangle((x, y + 8, x + 14, y + 11), fill=(40, 40, 40))
    return picture


def as_file(picture, kind="JPEG"):
    target = io.BytesIO()
    picture.save(target, kind)
    return target.getvalue()


def told(picture, kind="JPEG"):
    return photo_check.in_words("残疾人证.jpg", f"image/{kind.lower()}", as_file(picture, kind))


def test_a_clear_photograph_is_told_with_its_size_and_raises_no_doubt():
    text, doubtful = told(page())
    assert text.startswith("残疾人证.jpg：照片，宽1500点，高2000点，")
    assert text.endswith("明暗和清晰度没有发现问题。")
    assert not doubtful


@pytest.mark.parametrize(
    "picture, words",
    [
        (ImageEnhance.Brightness(page()).enhance(0.2), "太暗"),
        (page().filter(ImageFilter.GaussianBlur(8)), "没有拍清楚"),
        (Image.new("RGB", (1500, 2000), "white"), "几乎什么都没有"),
        (page(500, 700), "太小"),
    ],
    ids=["dark", "shaken", "empty", "small"],
)
def test_a_photograph_hard_to_read_is_told_with_what_to_do(picture, words):
    text, doubtful = told(picture)
    assert words in text
    assert "重拍一张" in text
    assert doubtful


def test_what_is_transparent_counts_as_white_paper():
    clear = Image.new("RGBA", (800, 900), (0, 0, 0, 0))
    assert photo_check.measured(as_file(clear, "PNG")).light == 255


def test_of_a_pdf_the_pages_are_counted():
    document = pikepdf.new()
    for _page in range(3):
        document.add_blank_page()
    target = io.BytesIO()
    document.save(target)
    text, doubtful = photo_check.in_words("证明.pdf", "application/pdf", target.getvalue())
    assert text.startswith("证明.pdf：PDF文件，共3页，")
    assert not doubtful
