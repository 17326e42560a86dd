"""Schemes that cannot be held side by side 避免交叉使用, and the higher of two 就高."""

from typing import Any, Literal, Self

from pydantic import model_validator

from schemes.rules.texts import Frozen
from schemes.texts import LocalText


class Exclusion(Frozen):
    """Another scheme that one and the same person or organisation cannot hold beside this one.

    `not_together`: one of the two only; `higher_of`: both may be asked for, only the higher is given. `within` "year"
    looks at cases of the same calendar year only. `may_override`: policy lets an official decide otherwise, with a
    reason. It holds both ways: the other scheme need not name this one. `note` says why, and what it rests on.
    """

    scheme: str
    kind: Literal["not_together", "higher_of"] = "not_together"
    within: Literal["ever", "year"] = "ever"
    may_override: bool = False
    note: LocalText | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare_code(cls, raw: Any) -> Any:
        return {"scheme": raw} if isinstance(raw, str) else raw

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.scheme:
            raise ValueError("name the scheme that is excluded")
        return self
