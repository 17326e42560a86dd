"""Laying out the route of a scheme from left to right: choices around what only some cases pass, seats in a column."""

from django.utils.translation import gettext as _

from people.models import Division
from schemes.definition import SchemeDefinition
from schemes.flow.diagram import MIDDLE, Diagram, Kind, Shape
from schemes.routes import Seat, Stage
from schemes.words.route_words import Step, steps_of

GAP = 56
SEAT_STEP = 146
ASIDE = 118
BELOW = 84
# After which stages a case can end there and then.
REFUSING = {"accept", "decide"}


def draw(definition: SchemeDefinition, division: Division) -> Diagram:
    """The picture of a scheme's route, with the offices of a division."""
    return _Pen(definition, division).diagram


class _Pen:
    """Draws from left to right; `last` is the shape the next arrow starts from and `label` what stands on it."""

    def __init__(self, definition: SchemeDefinition, division: Division) -> None:
        self.diagram, self.x, self.label = Diagram(), 60, ""
        self.last = self._put("start", "start", _("提交申请"))
        for stage, step in zip(definition.stages, steps_of(definition, division), strict=True):
            self._stage(stage, step, referred=definition.offered_as == "refer")
        self._next("end", "end", _("办结"))

    def _put(self, code: str, kind: Kind, label: str, detail: str = "", y: int = MIDDLE) -> Shape:
        """A shape at the pen; the pen moves on past it when it stands on the middle line."""
        shape = Shape(code, kind, label, self.x, y, detail)
        shape = Shape(code, kind, label, self.x + shape.width // 2, y, detail)
        return self.diagram.add(shape)

    def _next(self, code: str, kind: Kind, label: str, detail: str = "") -> Shape:
        self.x = self.last.right + GAP
        shape = self._put(code, kind, label, detail)
        self.diagram.join(self.last, shape, self.label)
        self.last, self.label = shape, ""
        return shape

    def _stage(self, stage: Stage, step: Step, *, referred: bool) -> None:
        only_some = " ".join(part for part in (step.condition, step.sampled) if part)
        choice = self._next(f"{stage.code}_if", "choice", only_some) if only_some else None
        self.label = _("是") if choice else self.label
        if stage.seats:
            self._seats(stage, step)
        else:
            kind: Kind = "timer" if stage.kind == "notice" else "task"
            self._next(stage.code, kind, step.label, _detail(step.offices, step.days))
        if choice is not None:
            self._around(choice, self._next(f"{stage.code}_joined", "choice", ""))
        if stage.kind in REFUSING and not referred:
            self._may_end(stage)

    def _around(self, choice: Shape, joined: Shape) -> None:
        """The way of the cases that do not pass what lies between."""
        deep = max(shape.bottom for shape in self.diagram.shapes if shape.x > choice.x) + BELOW // 2
        self.diagram.join(choice, joined, _("否"), (choice.x, deep), (joined.x, deep))

    def _may_end(self, stage: Stage) -> None:
        """A choice after it: the case goes on, or it is over here."""
        choice = self._next(f"{stage.code}_result", "choice", "")
        goes_on, is_over = _("受理"), _("不予受理")
        if stage.kind == "decide":
            goes_on, is_over = _("准予"), _("不予批准")
        over = self.diagram.add(Shape(f"{stage.code}_over", "end", is_over, choice.x, MIDDLE - ASIDE))
        self.diagram.join(choice, over, "")
        self.label = goes_on

    def _seats(self, stage: Stage, step: Step) -> None:
        """Several sign at the same time: a bar before, the seats one under the other, a bar after them."""
        split = self._next(f"{stage.code}_split", "parallel", step.label)
        self.x = split.right + GAP
        first = MIDDLE - SEAT_STEP * (len(stage.seats) - 1) // 2
        seats = [self._seat(stage, seat, step, place, first) for place, seat in enumerate(stage.seats)]
        self.x = seats[0].right + GAP
        joined = self._put(f"{stage.code}_signed", "parallel", _rule(stage))
        for seat in seats:
            corners = () if seat.y == MIDDLE else ((split.x, seat.y),)
            self.diagram.join(split, seat, "", *corners)
            corners = () if seat.y == MIDDLE else ((joined.x, seat.y),)
            self.diagram.join(seat, joined, "", *corners)
        self.last = joined

    def _seat(self, stage: Stage, seat: Seat, step: Step, place: int, first: int) -> Shape:
        office = step.offices[place] if len(step.offices) == len(stage.seats) else ""
        detail = _detail((office,) if office else (), step.days)
        return self._put(f"{stage.code}_{seat.code}", "task", str(seat.label), detail, first + place * SEAT_STEP)


def _detail(offices: tuple[str, ...], days: str) -> str:
    return " ".join([" / ".join(offices), days] if offices else [days])


def _rule(stage: Stage) -> str:
    """How many of the seats must agree."""
    if stage.rule == "n":
        return _("%(needed)s席同意即可") % {"needed": stage.seats_needed}
    return _("一席同意即可") if stage.rule == "any" else _("全部同意")
