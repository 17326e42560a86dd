"""Routes: the stages a case passes, in order, and who acts in each."""

from collections.abc import Mapping
from decimal import Decimal
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
# Which stages can be drawn at random 抽查, and the routing fact that is never a question: what the case would get, in
# yuan, kept current by every reassessment.
SAMPLED_KINDS = ("file", "review")
AMOUNT = "amount"


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

    `days` is what the office promises, `legal_days` what the law allows at most, in the same kind of days. It can be
    extended `extensions_most` times by at most `extension_days` (assumed: ten days, as 行政许可法 第四十二条 has it for
    permits). `sample_percent`: only so many of a hundred cases pass the stage, drawn by lot. `two_persons`: two
    approvers sign. `deemed` "accept": a case nobody has answered in time counts as accepted.
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
    legal_days: int | None = Field(default=None, gt=0)
    extensions_most: int = Field(default=1, ge=0, le=9)
    extension_days: int = Field(default=10, gt=0)
    sample_percent: int | None = Field(default=None, ge=1, le=100)
    two_persons: bool = False
    deemed: Literal["", "accept"] = ""

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

    @model_validator(mode="after")
    def _keeps_its_limits(self) -> Self:
        if self.legal_days is not None and self.legal_days < self.days:
            raise ValueError(f"stage {self.code}: more days are promised than the law allows; lower days")
        if self.sample_percent is not None and self.kind not in SAMPLED_KINDS:
            raise ValueError(f"stage {self.code}: only a review or a filing can be drawn by lot")
        if self.two_persons and self.kind != "decide":
            raise ValueError(f"stage {self.code}: two persons sign at the decision; elsewhere use countersign")
        if self.deemed and self.kind != "accept":
            raise ValueError(f"stage {self.code}: only acceptance can come about by silence")
        return self

    def applies(self, routing: Mapping[str, Any]) -> bool:
        """Whether a case with these routing facts can pass this stage; whether it is drawn is another question."""
        return self.when is None or self.when.holds(_comparable(routing))


def _comparable(routing: Mapping[str, Any]) -> Mapping[str, Any]:
    """Routing facts are kept as JSON: the amount is text there and a sum of money here."""
    amount = routing.get(AMOUNT)
    return routing if amount is None else {**routing, AMOUNT: Decimal(str(amount))}
