"""Routes: the stages a case passes, in order, and who acts in each."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from schemes.rules.conditions import Condition
from schemes.rules.texts import Frozen
from schemes.texts import LocalText

StageKind = Literal["accept", "review", "countersign", "notice", "decide", "confirm", "file"]
OfficeLevel = Literal["township", "county", "prefecture", "province", "subject_office"]
OfficeFunction = Literal[
    "dpf",
    "hrss",
    "civil_affairs",
    "education_sports",
    "finance",
    "welfare_lottery",
    "sports_lottery",
    "tobacco",
    "township",
    "school",
    "government",
]
Role = Literal["clerk", "reviewer", "approver"]
AFTER_DECISION = ("confirm", "file")


class FunctionBy(Frozen):
    """The office function chosen by a routing fact: {"welfare": "civil_affairs", …}."""

    fact: str
    map: dict[str, OfficeFunction]


class Placed(Frozen):
    """Where somebody acts: an office (by function and level) and the role held there.

    Level `subject_office` is the office the applicant chose (a school); its function still says what it must be.
    """

    function: OfficeFunction | None = None
    function_by: FunctionBy | None = None
    level: OfficeLevel
    role: Role | None = None

    @model_validator(mode="after")
    def _one_function(self) -> Self:
        if (self.function is None) == (self.function_by is None):
            raise ValueError("give either function or function_by")
        return self

    def office_function(self, routing: Mapping[str, Any]) -> str:
        """The function of the office that acts. Raises KeyError when a routing fact is absent or not in the map."""
        if self.function_by is None:
            return str(self.function)
        return self.function_by.map[str(routing[self.function_by.fact])]


class Seat(Placed):
    """One of the places at a stage that is countersigned."""

    code: str
    label: LocalText


class Stage(Placed):
    """One step of the route.

    `label` is for officials, `public_label` for applicants. `days` counts working or natural days (`day_kind`).
    Kind notice has no role: the clock and objections run it, the office only answers for it. Kinds confirm and file
    stand after decide. `rule` counts seats: all, any, or `seats_needed` of them; `one_no` says whether one refusal
    ends the stage at once or waits for the rest. `notice_columns` is all a public notice may show.
    """

    code: str
    kind: StageKind
    label: LocalText
    public_label: LocalText
    days: int = Field(gt=0)
    day_kind: Literal["working", "natural"] = "working"
    when: Condition | None = None
    seats: tuple[Seat, ...] = ()
    rule: Literal["all", "any", "n"] = "all"
    seats_needed: int | None = None
    one_no: Literal["ends", "waits"] = "ends"
    notice_columns: tuple[Literal["masked_name", "school", "township", "amount", "months"], ...] = ()

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if (self.kind == "notice") != (self.role is None):
            raise ValueError(f"stage {self.code}: a notice has no role, every other stage has one")
        if (self.kind == "notice") != bool(self.notice_columns):
            raise ValueError(f"stage {self.code}: a notice, and only a notice, says what it shows")
        if (self.kind == "countersign") != bool(self.seats):
            raise ValueError(f"stage {self.code}: seats belong to countersigning")
        if (self.rule == "n") != (self.seats_needed is not None):
            raise ValueError(f"stage {self.code}: rule n needs seats_needed, and only rule n")
        if self.seats_needed is not None and not 1 <= self.seats_needed <= len(self.seats):
            raise ValueError(f"stage {self.code}: seats_needed is not possible")
        return self

    def applies(self, routing: Mapping[str, Any]) -> bool:
        """Whether a case with these routing facts passes this stage."""
        return self.when is None or self.when.holds(routing)
