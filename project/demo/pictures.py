"""Pictures that invented applicants hand in: a card that says what it stands for."""

import io
from functools import cache
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

import papers

FONT = Path(papers.__file__).parent / "fonts" / "GWHeiTi.ttf"
SIZE = (320, 200)


def card(label: str) -> SimpleUploadedFile:
    """An upload showing the label and that it is an example."""
    return SimpleUploadedFile("示例.png", _png(label), "image/png")


@cache
def _png(label: str) -> bytes:
    picture = Image.new("RGB", SIZE, "#eef4f4")
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((6, 6, SIZE[0] - 6, SIZE[1] - 6), 12, outline="#0f5a63", width=2)
    draw.text((SIZE[0] / 2, 85), label, font=ImageFont.truetype(str(FONT), 22), fill="#0f2f33", anchor="mm")
    draw.text(
        (SIZE[0] / 2, 130), "示例，不是真实证件", font=ImageFont.truetype(str(FONT), 14), fill="#5a6b6d", anchor="mm"
    )
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
