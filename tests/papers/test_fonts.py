"""The font pack: what it covers, how its fonts go together, where they may go."""

import os
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from papers import fontpack
from papers.fontpack import FONTS
from papers.glyphs import printable

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


def test_the_font_of_rare_characters_repeats_no_chinese_character():
    with TTFont(FONTS / "GWRare.ttf", lazy=True) as rare, TTFont(FONTS / "GWFangSong.ttf", lazy=True) as plain:
        both = set(rare.getBestCmap()) & set(plain.getBestCmap())

    assert not [point for point in both if point >= 0x3400]


def test_the_list_of_characters_is_what_the_title_font_has():
    listed = set((FONTS / "characters.txt").read_text(encoding="utf-8")) - {"\n"}

    with TTFont(FONTS / "GWBiaoSong.ttf", lazy=True) as font:
        assert {ord(character) for character in listed} == set(font.getBestCmap())


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
