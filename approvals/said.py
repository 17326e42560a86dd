"""What an official entered on the review page."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Answered:
    """What another office told us: who answered, on which day, and the number of their paper ("" for none)."""

    by: str = ""
    on: date | None = None
    number: str = ""


@dataclass(frozen=True)
class Said:
    """What the official entered.

    `text` is the opinion or reason, or the words of another office's answer (`answered` says whose); `reasons` are
    codes of the scheme's refusal reasons; `points` are (target, name, message) of a correction; `entries` are answers
    the stage asks of the official; `target` is the stage a case is sent back to; `override`: the grant
    stands beside what else the subject holds, `overtake`: it comes before others who wait for money, each for the
    reason given in `text`.
    """

    outcome: str
    text: str = ""
    reasons: tuple[str, ...] = ()
    points: tuple[tuple[str, str, str], ...] = ()
    correction_kind: str = "incomplete"
    entries: dict[str, Any] = field(default_factory=dict)
    target: str = ""
    answered: Answered = Answered()
    override: bool = False
    overtake: bool = False
