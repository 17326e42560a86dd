"""Whether a clause holds the sum it is said to state."""

import re
from decimal import Decimal
from typing import Any

from schemes.models import PolicyValue

# Sums of money that are one figure: a clause that states one holds it in digits.
SUMS = ("amount", "monthly_amount", "daily_amount", "unit_amount", "reward_per_person")
FIGURE = re.compile(r"(\d+(?:\.\d+)?)\s*(万?)")


def figure_not_in(name: str, content: dict[str, Any], text: str) -> bool:
    """Whether a sum is said to be stated, with nothing more said about it, and no such figure stands in the clause."""
    if name not in SUMS or content["basis"] != PolicyValue.Basis.STATED or content["note"]:
        return False
    said = Decimal(str(content["value"]))
    figures = FIGURE.findall(text.replace(",", "").replace("，", ""))
    return all(Decimal(figure) * (10_000 if many else 1) != said for figure, many in figures)
