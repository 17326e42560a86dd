"""The QR code and the specimen seal."""

import base64
import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from papers import pictures

SVG = "{http://www.w3.org/2000/svg}"


def svg_of(uri):
    return ElementTree.fromstring(base64.b64decode(uri.partition(",")[2]))


def test_the_qr_code_is_a_small_black_and_white_picture():
    picture = Image.open(io.BytesIO(base64.b64decode(pictures.qr("https://zhida.example/verify/X/").partition(",")[2])))

    assert picture.mode == "1"
    assert picture.width == picture.height < 60


def test_the_qr_code_is_the_same_every_time():
    assert pictures.qr("https://zhida.example/") == pictures.qr("https://zhida.example/")


def test_the_seal_bears_the_organ_and_the_note():
    texts = [text.text for text in svg_of(pictures.seal("蒙自市民政局", "样章")).iter(f"{SVG}text")]

    assert texts == [*"蒙自市民政局", "样章"]


@pytest.mark.parametrize("organ", ["局", "蒙自市民政局", "金平苗族瑶族傣族自治县人力资源和社会保障局"])
def test_the_letters_of_a_seal_stand_in_order_and_symmetric(organ):
    *letters, _note = svg_of(pictures.seal(organ, "样章")).iter(f"{SVG}text")
    turns = [float(letter.get("transform").partition("rotate(")[2].rstrip(")")) for letter in letters]

    assert turns == sorted(turns)
    assert turns[0] == pytest.approx(-turns[-1], abs=0.01)
    assert turns[-1] <= 130


def test_names_are_escaped():
    svg = svg_of(pictures.seal("<局&", "样章"))

    assert "".join(text.text for text in svg.iter(f"{SVG}text")) == "<局&样章"
