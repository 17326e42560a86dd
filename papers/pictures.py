"""Pictures on papers, as data URIs: the QR code and the seal."""

import base64
import io
import math
from html import escape

import segno

RED = "#e60012"
ARC, WIDEST_STEP = 260, 22  # degrees: the rim a name may fill, and from one character to the next


def qr(url: str) -> str:
    """A QR code of a URL as a 1-bit PNG."""
    buffer = io.BytesIO()
    segno.make(url, error="m", micro=False, mask=2).save(buffer, kind="png", scale=1, border=4)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def seal(organ: str, note: str) -> str:
    """A round seal with the organ's name along the rim; `note` (样章) stands where a real seal has none."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 420">'
        f'<circle cx="210" cy="210" r="200" fill="none" stroke="{RED}" stroke-width="11"/>'
        f'{"".join(_rim(organ))}<polygon fill="{RED}" points="{_star(210, 200, 60)}"/>'
        f"{_note(note) if note else ''}</svg>"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _note(note: str) -> str:
    return (
        f'<text x="210" y="384" font-family="GW BiaoSong, GW Rare" font-size="36" fill="{RED}" text-anchor="middle">'
        f"{escape(note)}</text>"
    )


def _rim(organ: str) -> list[str]:
    step, size = min(WIDEST_STEP, ARC / max(1, len(organ) - 1)), 44 if len(organ) <= 14 else 34
    marks = []
    for position, character in enumerate(organ):
        angle = step * (position - (len(organ) - 1) / 2)
        x, y = 210 + 150 * math.sin(math.radians(angle)), 210 - 150 * math.cos(math.radians(angle))
        marks.append(
            f'<text transform="translate({x:.2f} {y:.2f}) rotate({angle:.2f})" text-anchor="middle" '
            f'font-family="GW BiaoSong, GW Rare" font-size="{size}" fill="{RED}">{escape(character)}</text>'
        )
    return marks


def _star(x: float, y: float, radius: float) -> str:
    points = []
    for step in range(10):
        reach = radius if step % 2 == 0 else radius * 0.382
        angle = math.radians(36 * step)
        points.append(f"{x + reach * math.sin(angle):.1f},{y - reach * math.cos(angle):.1f}")
    return " ".join(points)
