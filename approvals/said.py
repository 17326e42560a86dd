"""What an official entered on the review page."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Said:
    """What the official entered.

    `text` is the opinion or reason; `reasons` are codes of the scheme's refusal reasons; `points` are
    (target, name, message) of a correction; `entries` are answers the stage asks of the official; `target` is the
    stage a case is sent back to.
    """

    outcome: str
    text: str = ""
    reasons: tuple[str, ...] = ()
    points: tuple[tuple[str, str, str], ...] = ()
    correction_kind: str = "incomplete"
    entries: dict[str, Any] = field(default_factory=dict)
    target: str = ""
