"""The classes of retention: which one a closed case has, and until when its file is kept."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from schemes.rules.texts import Frozen

TABLE = Path(__file__).with_name("rules.toml")
PERMANENT = "permanent"
YEARS = {"30": 30, "10": 10}


class Rule(Frozen):
    """One line of the table: in force `from` a day, for what schemes give (`gives`) and how cases `ended`; all where
    empty. `stated` names its `document`; `assumed` waits for the authority's own table.
    """

    starts: date = Field(alias="from")
    gives: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    retention: Literal["permanent", "30", "10"] = Field(alias="class")
    basis: Literal["stated", "assumed"]
    document: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _stated_by_something(self) -> Self:
        if self.basis == "stated" and not self.document:
            raise ValueError("a stated class names its document")
        return self

    def fits(self, gives: str, ended: str, on: date) -> bool:
        """Whether it speaks of a case that gives and ended so, closed on that day."""
        return self.starts <= on and gives in (self.gives or (gives,)) and ended in (self.ended or (ended,))


@cache
def rules() -> tuple[Rule, ...]:
    """The table, read once a process. Raises ValidationError for a line that is none."""
    return tuple(Rule(**row) for row in tomllib.loads(TABLE.read_text("utf-8"))["rule"])


def rule_for(gives: str, ended: str, on: date) -> Rule:
    """The rule for a case of a scheme of this benefit kind that ended in this state on that day: the last that fits.

    Raises LookupError for a day before the first rule.
    """
    fitting = [rule for rule in rules() if rule.fits(gives, ended, on)]
    if not fitting:
        raise LookupError(f"no rule of retention for {gives}, {ended} on {on}")
    return fitting[-1]


def longest(classes: Iterable[str]) -> str:
    """The longest of some classes: what lies together is kept together."""
    return max(classes, key=lambda one: YEARS.get(one, 1000))


def expiry_of(retention: str, year: int) -> date | None:
    """The first day a file closed in a year need not be kept, counted from the year after it; None: for ever."""
    return date(year + 1 + YEARS[retention], 1, 1) if retention in YEARS else None
