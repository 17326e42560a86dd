"""The seal as it is laid on a letter: its outlines, drawn once for each seal.

The renderer would set the characters of the picture anew for every letter, as so many texts of their own. It is a
picture, read out by its description; the drawing stays one of lines and areas, sharp at any size.
"""

import itertools
import math
import zlib
from typing import Any

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from papers import pictures
from papers.fontpack import FONTS
from papers.pictures import CENTRE, RADIUS, RED, RING, SIDE, Written

# A character is taken from the first that has it.
FACES = ("GWBiaoSong.ttf", "GWBiaoSongMore.ttf", "GWRare.ttf", "GWFangSong.ttf", "GWFangSongMore.ttf")
CIRCLE = 0.5522847498  # how far the handles of a quarter of a circle reach, of its radius


class Stamp:
    """A drawn seal, in the place of the picture that the renderer would make of its SVG."""

    def __init__(self, organ: str, note: str) -> None:
        colour = " ".join(f"{int(RED[place : place + 2], 16) / 255:.4f}" for place in (1, 3, 5))
        ring = f"{colour} RG {RING} w {_ring()} S"
        self.packed = _packed(f"{ring} {colour} rg {_star()} f {_letters(organ, note)} f".encode())

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[None, None, float]:
        """No size of its own, as wide as high: asked by the renderer's layout."""
        return None, None, 1

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        """Lay it on a page of the renderer, whose y points down, in a state that is put back afterwards."""
        form = stream.add_group(0, 0, SIDE, SIDE)
        form.stream, form.extra["Filter"] = [self.packed], "/FlateDecode"
        stream.transform(a=width / SIDE, d=height / SIDE)
        stream.draw_x_object(form.id)


class Outline(BasePen):
    """Writes what is drawn as operators of PDF; quadratic curves become the cubic ones that PDF knows.

    Steps of a hundredth of a millimetre: finer than any printer.
    """

    def __init__(self) -> None:
        super().__init__(None)
        self.operators: list[str] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - named by the pen
        self._write("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - named by the pen
        self._write("l", pt)

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802 - named by the pen
        self._write("c", *points)

    def _closePath(self) -> None:  # noqa: N802 - named by the pen
        self._write("h")

    def _write(self, operator: str, *points: tuple[float, float]) -> None:
        self.operators.append(" ".join([*(f"{x:.1f} {y:.1f}" for x, y in points), operator]))

    def __str__(self) -> str:
        return " ".join(self.operators)


def _packed(drawing: bytes) -> bytes:
    """Compressed, but not to an end in CR: with the line end after it, checkers of PDF/A misread the length."""
    packings = (zlib.compress(drawing + b" " * spaces, 9) for spaces in itertools.count())
    return next(packed for packed in packings if not packed.endswith(b"\r"))


def _ring() -> Outline:
    pen, reach = Outline(), RADIUS * CIRCLE
    pen.moveTo((CENTRE + RADIUS, CENTRE))
    for quarter in range(4):
        turned = Transform().translate(CENTRE, CENTRE).rotate(math.radians(90 * quarter))
        pen.curveTo(*turned.transformPoints([(RADIUS, reach), (reach, RADIUS), (0, RADIUS)]))
    pen.closePath()
    return pen


def _star() -> Outline:
    pen = Outline()
    first, *others = pictures.star()
    pen.moveTo(first)
    for corner in others:
        pen.lineTo(corner)
    pen.closePath()
    return pen


def _letters(organ: str, note: str) -> Outline:
    pen, faces = Outline(), [TTFont(FONTS / name, lazy=True) for name in FACES]
    for written in pictures.writing(organ, note):
        _write(pen, written, faces)
    for face in faces:
        face.close()
    return pen


def _write(pen: Outline, written: Written, faces: list[TTFont]) -> None:
    """One piece of writing: characters side by side, the middle of all of them over their place."""
    drawn = [_glyph(character, faces) for character in written.text]
    place = Transform().translate(written.x, written.y).rotate(math.radians(written.turn))
    place = place.scale(written.size, -written.size).translate(-sum(width for _glyph, width, _em in drawn) / 2, 0)
    for glyph, width, em in drawn:
        glyph.draw(TransformPen(pen, place.scale(1 / em)))
        place = place.translate(width, 0)


def _glyph(character: str, faces: list[TTFont]) -> tuple[Any, float, int]:
    """The glyph of a character, how wide it is (in em), and the units of its font."""
    face = next((face for face in faces if ord(character) in face.getBestCmap()), faces[0])
    name, em = face.getBestCmap().get(ord(character), ".notdef"), face["head"].unitsPerEm
    return face.getGlyphSet()[name], face["hmtx"][name][0] / em, em
