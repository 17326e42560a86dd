"""Conditions: a closed set of comparisons on facts, combined by all, any and not.

A field is the name of a fact, or `policy.<name>` for a policy value. The other side is a literal `value`, the policy
value named by `policy`, or one entry of that value's table, chosen by the fact named in `key`. `in` asks whether the
field is one of a list; `has` asks whether the field is a list that holds a code.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from schemes.rules.texts import Frozen

Scalar = bool | int | str
Names = Mapping[str, Any]
Op = Literal["eq", "ne", "in", "ge", "gt", "le", "lt", "has", "present"]
POLICY = "policy."

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda left, right: bool(left == right),
    "ne": lambda left, right: bool(left != right),
    "in": lambda left, right: any(left == like(left, item) for item in right),
    "ge": lambda left, right: bool(left >= right),
    "gt": lambda left, right: bool(left > right),
    "le": lambda left, right: bool(left <= right),
    "lt": lambda left, right: bool(left < right),
    "has": lambda left, right: isinstance(left, (tuple, list)) and right in left,
}


def like(left: Any, right: Any) -> Any:
    """The right side as the type of the left: data files and forms write dates and sums as text.

    Raises ValueError (decimal.InvalidOperation is one) when the text is no such value.
    """
    if isinstance(right, str) and type(left) is date:
        return date.fromisoformat(right)
    if isinstance(right, str) and isinstance(left, (Decimal, int)) and not isinstance(left, bool):
        return Decimal(right)
    return right


class Condition(Frozen):
    """Exactly one of: a comparison (`field`, `op`, `value` or `policy`), `all`, `any`, `not`."""

    field: str = ""
    op: Op = "eq"
    value: Scalar | tuple[Scalar, ...] | None = None
    policy: str = ""
    key: str = ""
    all: tuple["Condition", ...] = ()
    any: tuple["Condition", ...] = ()
    negated: "Condition | None" = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        shapes = [bool(self.field), bool(self.all), bool(self.any), self.negated is not None]
        if sum(shapes) != 1:
            raise ValueError("a condition is one of: field, all, any, not")
        if self.key and not self.policy:
            raise ValueError("key chooses an entry of a policy table and needs policy")
        if self.field and self.op != "present" and (self.value is None) == (not self.policy):
            raise ValueError(f"{self.field} {self.op}: give either value or policy")
        return self

    def names(self) -> Iterator[str]:
        """Every name the condition reads: facts bare, policy values as `policy.<name>`."""
        for part in (*self.all, *self.any, *((self.negated,) if self.negated else ())):
            yield from part.names()
        if self.field:
            yield self.field
        if self.policy:
            yield POLICY + self.policy
        if self.key:
            yield self.key

    def absent(self, names: Names) -> list[str]:
        """The names it reads that are not there, in the order it reads them; `present` asks for nothing."""
        if self.field and self.op == "present":
            return []
        if self.field:
            return [name for name in self.names() if names.get(name) is None]
        parts = (*self.all, *self.any, *((self.negated,) if self.negated else ()))
        return [name for part in parts for name in part.absent(names)]

    def holds(self, names: Names) -> bool:
        """Whether it is true of the names; a comparison with an absent name is false."""
        if self.all:
            return all(part.holds(names) for part in self.all)
        if self.any:
            return any(part.holds(names) for part in self.any)
        if self.negated is not None:
            return not self.negated.holds(names)
        left = names.get(self.field)
        if self.op == "present":
            return left is not None
        right = self._right(names)
        if left is None or right is None:
            return False
        return OPERATORS[self.op](left, right if self.op == "in" else like(left, right))

    def _right(self, names: Names) -> Any:
        if not self.policy:
            return self.value
        found = names.get(POLICY + self.policy)
        return found.get(names.get(self.key)) if self.key and found is not None else found
