"""What the picture of a route is made of: shapes with a place and a size, arrows with their corners. Units: pixels."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["start", "end", "task", "timer", "choice", "parallel"]
Point = tuple[int, int]
MIDDLE = 190
SIZES: dict[Kind, Point] = {
    "start": (36, 36),
    "end": (36, 36),
    "task": (156, 132),
    "timer": (40, 40),
    "choice": (44, 44),
    "parallel": (44, 44),
}


@dataclass(frozen=True)
class Shape:
    """A step, an event or a gateway. `x`, `y` are its middle."""

    id: str
    kind: Kind
    label: str
    x: int
    y: int
    detail: str = ""

    @property
    def width(self) -> int:
        """How wide it is."""
        return SIZES[self.kind][0]

    @property
    def height(self) -> int:
        """How high it is."""
        return SIZES[self.kind][1]

    @property
    def left(self) -> int:
        """Its left edge."""
        return self.x - self.width // 2

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.x + self.width // 2

    @property
    def top(self) -> int:
        """Its upper edge."""
        return self.y - self.height // 2

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.y + self.height // 2

    @property
    def label_y(self) -> int:
        """Where its label begins: inside a step, over a choice or an end beside the way, else below."""
        if self.kind == "task":
            return self.top + 24
        if self.kind in {"choice", "parallel"}:
            return self.top - 26
        return self.bottom + 20 if self.y == MIDDLE else self.top - 10

    @property
    def detail_y(self) -> int:
        """Where the first line of its detail stands."""
        return self.y + 20 if self.kind == "task" else self.label_y + 40


@dataclass(frozen=True)
class Arrow:
    """From one shape to another over these corners; `label` says when it is taken, "" where it always is."""

    id: str
    source: str
    target: str
    points: tuple[Point, ...]
    label: str = ""

    @property
    def path(self) -> str:
        """The corners as an SVG path."""
        return "M" + " L".join(f"{x} {y}" for x, y in self.points)

    @property
    def label_at(self) -> Point:
        """Where the label stands: over the middle of the longest level stretch."""
        level = [(a, b) for a, b in zip(self.points, self.points[1:], strict=False) if a[1] == b[1]] or [
            (self.points[0], self.points[-1])
        ]
        (ax, ay), (bx, _by) = max(level, key=lambda stretch: abs(stretch[1][0] - stretch[0][0]))
        return (ax + bx) // 2, ay - 6


@dataclass
class Diagram:
    """All of it, and how large the sheet is."""

    shapes: list[Shape] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The sheet's width."""
        return max(shape.right for shape in self.shapes) + 70

    @property
    def height(self) -> int:
        """The sheet's height."""
        lowest = max(shape.bottom for shape in self.shapes)
        deepest = max((y for arrow in self.arrows for _x, y in arrow.points), default=0)
        return max(lowest, deepest) + 46

    def add(self, shape: Shape) -> Shape:
        """Put a shape on the sheet."""
        self.shapes.append(shape)
        return shape

    def join(self, source: Shape, target: Shape, label: str = "", *corners: Point) -> None:
        """Draw an arrow between two shapes: straight from side to side, or over the corners given."""
        points = (*_leaving(source, target, corners), *corners, *_entering(source, target, corners))
        self.arrows.append(Arrow(f"flow_{len(self.arrows) + 1}", source.id, target.id, points, label))


def _leaving(source: Shape, target: Shape, corners: tuple[Point, ...]) -> tuple[Point, ...]:
    """Where an arrow leaves: above or below where its first corner lies straight there, else at the right."""
    toward = corners[0] if corners else (target.x, target.y)
    if toward[0] == source.x:
        return ((source.x, source.bottom if toward[1] > source.y else source.top),)
    return ((source.right, source.y),)


def _entering(source: Shape, target: Shape, corners: tuple[Point, ...]) -> tuple[Point, ...]:
    """Where an arrow arrives: from above or below where its last corner lies straight there, else at the left."""
    coming = corners[-1] if corners else (source.x, source.y)
    if coming[0] == target.x:
        return ((target.x, target.bottom if coming[1] > target.y else target.top),)
    return ((target.left, target.y),)
