"""Build the fonts of papers/fonts from two Debian packages.

    apt-get download texlive-lang-chinese fonts-noto-cjk
    python scripts/build_fonts.py --packages DIRECTORY [--only GWRare …]

`--packages` is the directory the packages were downloaded to. What is changed, and why:
- subset: FangSong keeps all its Chinese characters; HeiTi, KaiTi and BiaoSong those of papers/fonts/characters.txt (the
  8,105 of the standard list 通用规范汉字表, GB 2312 and its symbols); Rare has what FangSong lacks;
- cubic outlines become quadratic ones (TrueType), because one widely used PDF engine drops glyphs of subset CFF fonts;
- all get the same ascent and descent, or a line with a rare character would shift;
- all are renamed, as the licences of changed fonts ask (papers/fonts/LICENCES/README.md);
- all but Rare are divided in two: the characters of papers/fonts/common.txt in its order, and the others (…More). A
  paper carries a subset of each font it uses, and what that costs grows with the size of the font and with the number
  of its last glyph. The list: what letters, policies and templates of this site say, the most frequent first, then the
  first level of GB 2312.
Running it again on the same packages writes the same bytes.
"""

import argparse
import io
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.reorderGlyphs import reorderGlyphs

FONTS = Path(__file__).resolve().parent.parent / "papers" / "fonts"
LISTED, COMMON, MORE = "characters.txt", "common.txt", "More"
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
NOTO = "usr/share/fonts/opentype/noto"
NOTO_SIMPLIFIED = 2  # the member of the collection with mainland glyphs
ASCENT, DESCENT = 0.88, 0.12  # of the em
MOST_ERROR = 1.0  # font units a quadratic outline may stray
REGULAR_WEIGHT = 400
STYLE_BITS, REGULAR_BIT = 0x21, 0x40  # of OS/2.fsSelection
HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x33480))
TEXT = (range(0x20, 0x7F), range(0xA0, 0x180), range(0x2010, 0x2070), range(0x20A0, 0x2300), range(0x2460, 0x2500))
TEXT += (
    range(0x25A0, 0x2670),
    range(0x3000, 0x3040),
    range(0x3200, 0x3400),
    range(0xFE30, 0xFE50),
    range(0xFF00, 0xFFF0),
)


class Recipe(NamedTuple):
    """One font of ours: its family, its source (and member, in a collection), and which characters it takes."""

    family: str
    source: str
    member: int
    characters: str  # "all", "listed" or "what FangSong lacks"
    divided: bool = True


RECIPES = {
    "GWFangSong": Recipe("GW FangSong", f"{FANDOL}/FandolFang-Regular.otf", -1, "all"),
    "GWHeiTi": Recipe("GW HeiTi", f"{FANDOL}/FandolHei-Regular.otf", -1, "listed"),
    "GWKaiTi": Recipe("GW KaiTi", f"{FANDOL}/FandolKai-Regular.otf", -1, "listed"),
    "GWBiaoSong": Recipe("GW BiaoSong", f"{NOTO}/NotoSerifCJK-Bold.ttc", NOTO_SIMPLIFIED, "listed"),
    "GWRare": Recipe("GW Rare", f"{NOTO}/NotoSerifCJK-Regular.ttc", NOTO_SIMPLIFIED, "what FangSong lacks", False),
}


def main() -> None:
    """Unpack, then build each font."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for package in sorted(arguments.packages.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", str(package), folder], check=True)
        for name in arguments.only or RECIPES:
            save(name, _bytes_of(build(RECIPES[name], root)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--only", nargs="*", choices=RECIPES)
    return parser.parse_args()


def build(recipe: Recipe, root: Path) -> TTFont:
    """One font, ready to be saved."""
    font = TTFont(root / recipe.source, fontNumber=recipe.member, recalcTimestamp=False)
    _keep(font, _characters(recipe, font, root))
    _to_truetype(font)
    _same_metrics(font)
    _rename(font, recipe.family)
    return font


def save(name: str, whole: bytes) -> None:
    """Write a finished font, divided where its recipe says so."""
    for suffix, part in (divide(whole, RECIPES[name].family) if RECIPES[name].divided else {"": whole}).items():
        path = FONTS / f"{name}{suffix}.ttf"
        path.write_bytes(part)
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def divide(whole: bytes, family: str) -> dict[str, bytes]:
    """The two parts of a font by the ends of their names: its common characters in their order, and the others."""
    common, more = (TTFont(io.BytesIO(whole), recalcTimestamp=False) for _part in range(2))
    points, listed = set(common.getBestCmap()), [ord(character) for line in _lines_of(COMMON) for character in line]
    _keep(common, points & set(listed))
    glyphs, order = common.getBestCmap(), common.getGlyphOrder()
    reorderGlyphs(common, list(dict.fromkeys([order[0], *(glyphs[p] for p in listed if p in glyphs), *order])))
    _keep(more, points - set(listed))
    _rename(more, f"{family} {MORE}")
    return {"": _bytes_of(common), MORE: _bytes_of(more)}


def _bytes_of(font: TTFont) -> bytes:
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _characters(recipe: Recipe, font: TTFont, root: Path) -> set[int]:
    """The code points a font takes."""
    if recipe.characters == "listed":
        return {ord(character) for line in _lines_of(LISTED) for character in line}
    wanted = _within(font.getBestCmap(), HAN + TEXT)
    if recipe.characters == "all":
        return wanted
    fangsong = RECIPES["GWFangSong"]
    with TTFont(root / fangsong.source, lazy=True) as other:
        return wanted - _within(other.getBestCmap(), HAN + TEXT)


def _lines_of(name: str) -> list[str]:
    return (FONTS / name).read_text(encoding="utf-8").split("\n")


def _within(points: Iterable[int], ranges: Iterable[range]) -> set[int]:
    return {point for point in points if any(point in each for each in ranges)}


def _keep(font: TTFont, characters: set[int]) -> None:
    """Leave out all other glyphs, and everything that is not needed to set horizontal text."""
    options = subset.Options(
        layout_features=["kern", "ccmp"],
        name_IDs=["*"],
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
        glyph_names=False,
    )
    options.drop_tables += ["DSIG", "BASE", "vhea", "vmtx", "VORG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def _to_truetype(font: TTFont) -> None:
    """Quadratic outlines in place of cubic ones."""
    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, MOST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    del font["CFF "]
    for name in order:
        glyphs[name].recalcBounds(table)
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyphs[name], "xMin", 0))
    _truetype_limits(font)


def _truetype_limits(font: TTFont) -> None:
    """What a TrueType font declares of itself; there are no instructions in ours."""
    limits = font["maxp"]
    limits.tableVersion, limits.maxZones = 0x00010000, 1
    for name in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions"):
        setattr(limits, f"max{name}", 0)
    limits.maxComponentElements = 0
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"


def _same_metrics(font: TTFont) -> None:
    em = font["head"].unitsPerEm
    ascent, descent = round(ASCENT * em), round(DESCENT * em)
    horizontal, system = font["hhea"], font["OS/2"]
    horizontal.ascent, horizontal.descent, horizontal.lineGap = ascent, -descent, 0
    system.sTypoAscender, system.sTypoDescender, system.sTypoLineGap = ascent, -descent, 0
    system.usWinAscent, system.usWinDescent = ascent, descent


def _rename(font: TTFont, family: str) -> None:
    """Our family name, regular style; copyright, version and licence entries stay."""
    names = {1: family, 2: "Regular", 4: family, 6: family.replace(" ", "")}
    kept = [record for record in font["name"].names if record.nameID in {0, 5, 13, 14} | set(names)]
    for record in kept:
        if record.nameID in names:
            record.string = names[record.nameID]
    font["name"].names = kept
    font["OS/2"].usWeightClass = REGULAR_WEIGHT
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~STYLE_BITS | REGULAR_BIT
    font["head"].macStyle = 0


if __name__ == "__main__":
    main()
