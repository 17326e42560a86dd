"""The font pack: what it covers, how its fonts go together, where they may go."""

import io
import os
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from papers import fontpack, rendering
from papers.fontpack import FONTS
from papers.glyphs import printable
from tests.papers import samples

DIVIDED = ("GWFangSong", "GWHeiTi", "GWKaiTi", "GWBiaoSong")
NAMES = sorted(path.name for path in FONTS.glob("*.ttf"))


def characters_of(codec, first, last):
    """Every character a double-byte Chinese codec has between two lead bytes."""
    for lead in range(first, last + 1):
        for trail in range(0x40, 0xFF):
            try:
                text = bytes([lead, trail]).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                yield text


@pytest.mark.parametrize("codec,first,last", [("gb2312", 0xB0, 0xF7), ("gbk", 0x81, 0xA0), ("gbk", 0xAA, 0xFE)])
def test_every_chinese_character_of_the_older_standards_can_be_printed(codec, first, last):
    missing = [c for c in characters_of(codec, first, last) if ord(c) not in printable() and "\u4e00" <= c <= "\u9fff"]

    assert missing == []


def test_the_punctuation_of_official_papers_can_be_printed():
    assert not [c for c in "〔〕《》〈〉“”‘’—…·（）：；，。、？！％‰℃①②③×÷≥≤□√¥€–•" if ord(c) not in printable()]


@pytest.mark.parametrize("name", NAMES)
def test_fonts_are_truetype_with_the_same_line(name):
    with TTFont(FONTS / name, lazy=True) as font:
        em = font["head"].unitsPerEm
        assert "glyf" in font
        assert "CFF " not in font
        assert (font["hhea"].ascent, font["hhea"].descent) == (0.88 * em, -0.12 * em)
        assert font["name"].getDebugName(1).startswith("GW ")


def points_of(*names):
    """The code points of some fonts together."""
    points = set()
    for name in names:
        with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
            points |= set(font.getBestCmap())
    return points


def listed_in(name):
    return [ord(character) for line in (FONTS / name).read_text(encoding="utf-8").split("\n") for character in line]


def test_the_font_of_rare_characters_repeats_no_chinese_character():
    both = points_of("GWRare") & points_of("GWFangSong", "GWFangSongMore")

    assert not [point for point in both if point >= 0x3400]


def test_the_list_of_characters_is_what_the_title_font_has():
    assert set(listed_in("characters.txt")) == points_of("GWBiaoSong", "GWBiaoSongMore")


@pytest.mark.parametrize("name", DIVIDED)
def test_a_divided_font_has_the_common_characters_first_and_in_their_order(name):
    common, more = points_of(name), points_of(f"{name}More")
    with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
        places = [font.getGlyphID(font.getBestCmap()[point]) for point in listed_in("common.txt") if point in common]

    assert places == sorted(places)
    assert not common & more
    assert not more & set(listed_in("common.txt"))


def test_texts_of_common_characters_carry_no_second_font():
    assert not [name for name in fonts_of(replace(samples.REFUSAL, addressee="马")) if name.endswith("More")]


def test_rarer_characters_come_from_the_second_half_of_the_same_font():
    content = replace(samples.REFUSAL, title="关于鼍的决定书", opening=("鼍" * 3,))

    assert {"GW-FangSong-More", "GW-BiaoSong-More"} <= fonts_of(content)
    assert "GW-Rare" not in fonts_of(replace(content, addressee="马"))


def fonts_of(content):
    """The fonts that a paper carries, without the marks of subsets."""
    with pikepdf.open(io.BytesIO(rendering.render(content))) as book:
        named = [each for each in book.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each]
        return {str(each.FontName).partition("+")[2] for each in named}


@pytest.mark.parametrize("name", NAMES)
def test_every_font_tells_its_source_and_licence(name):
    licences = FONTS / "LICENCES"
    row = next(line for line in (licences / "README.md").read_text(encoding="utf-8").splitlines() if name in line)

    assert "GPL-3 with font exception" in row or "SIL Open Font License 1.1" in row
    assert {path.name for path in licences.glob("*.txt")} == {
        "Fandol-GPL-3-with-font-exception.txt",
        "NotoSerifCJK-OFL-1.1.txt",
    }


def test_the_renderer_sees_our_fonts_and_no_others(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    settings.VAR_DIR = tmp_path
    fontpack.use()
    config = Path(os.environ["FONTCONFIG_FILE"])
    text = config.read_text(encoding="utf-8")

    assert config.parent.parent == tmp_path
    assert f"<dir>{FONTS}</dir>" in text
    assert text.count("<dir>") == 1
    assert "<include" not in text


def test_the_configuration_is_written_once(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    settings.VAR_DIR = tmp_path
    fontpack.use()
    written = Path(os.environ["FONTCONFIG_FILE"]).stat().st_ino
    fontpack.use()

    assert Path(os.environ["FONTCONFIG_FILE"]).stat().st_ino == written
    assert len(list((tmp_path / "fontconfig").glob("*"))) == 1
