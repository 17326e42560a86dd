"""Pictures on papers, as data URIs: the QR code and the seal."""

import base64
import io
import math
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

import segno

RED = "#e60012"
SIDE, CENTRE, RADIUS, RING = 420, 210, 200, 11  # of the seal, in tenths of a millimetre
STAR, STAR_CENTRE = 60, 200
RIM, NOTE_FOOT = 150, 384  # where the characters of the rim have their feet, and those of the note
ARC, WIDEST_STEP = 260, 22  # degrees: the rim a name may fill, and from one character to the next


class Written(NamedTuple):
    """A piece of writing on a seal: where the middle of its foot stands, how far it is turned (degrees), its size."""

    text: str
    x: float
    y: float
    turn: float
    size: int


def qr(url: str) -> str:
    """A QR code of a URL as a 1-bit PNG."""
    buffer = io.BytesIO()
    segno.make(url, error="m", micro=False, mask=2).save(buffer, kind="png", scale=1, border=4)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def seal(organ: str, note: str) -> str:
    """A round seal with the organ's name along the rim; `note` (样章) stands where a real seal has none."""
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in star())
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">'
        f'<circle cx="{CENTRE}" cy="{CENTRE}" r="{RADIUS}" fill="none" stroke="{RED}" stroke-width="{RING}"/>'
        f'<polygon fill="{RED}" points="{points}"/>{"".join(map(_element, writing(organ, note)))}</svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def writing(organ: str, note: str) -> Iterator[Written]:
    """What is written on a seal: each character of the organ along the rim, then the note upright below the star."""
    step, size = min(WIDEST_STEP, ARC / max(1, len(organ) - 1)), 44 if len(organ) <= 14 else 34
    for position, character in enumerate(organ):
        turn = step * (position - (len(organ) - 1) / 2)
        angle = math.radians(turn)
        yield Written(character, CENTRE + RIM * math.sin(angle), CENTRE - RIM * math.cos(angle), turn, size)
    if note:
        yield Written(note, CENTRE, NOTE_FOOT, 0, 36)


def star() -> Iterator[tuple[float, float]]:
    """The corners of the star in the middle of a seal."""
    for step in range(10):
        reach = STAR if step % 2 == 0 else STAR * 0.382
        angle = math.radians(36 * step)
        yield CENTRE + reach * math.sin(angle), STAR_CENTRE - reach * math.cos(angle)


def _element(written: Written) -> str:
    return (
        f'<text transform="translate({written.x:.2f} {written.y:.2f}) rotate({written.turn:.2f})" text-anchor="middle" '
        f'font-family="GW BiaoSong, GW Rare" font-size="{written.size}" fill="{RED}">{escape(written.text)}</text>'
    )
