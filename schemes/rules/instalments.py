"""Grants paid in instalments 分期: after what each part is paid, how much of the whole, and when it should be reached.

No text in the catalogue speaks of instalments, so nothing is split unless a place publishes the value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from schemes.rules.money import FEN
from schemes.rules.parsing import BadValueError, decimal, one_of, whole

GRANT, WORKS, OPERATION, RETENTION = "grant", "works", "operation", "retention"
OCCASIONS = (GRANT, WORKS, OPERATION, RETENTION)
HUNDRED = Decimal(100)
MOST = 12


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment: after what it is paid, percent of the sum, and months from the decision to the day it is due.

    `grant`: with the decision; `works`: when works or equipment are accepted 验收; `operation`: after so many months of
    running; `retention`: what is kept back 留存 until then.
    """

    occasion: str
    percent: Decimal
    months: int


def instalments(raw: Any) -> tuple[Part, ...]:
    """[{"occasion": "grant", "percent": "40", "months": 0}, …], adding up to 100 percent. Raises BadValueError."""
    if not isinstance(raw, (list, tuple)) or not 1 <= len(raw) <= MOST:
        raise BadValueError("应为1到12期", "must be one to twelve instalments")
    parts = tuple(_part(one) for one in raw)
    if sum((part.percent for part in parts), Decimal(0)) != HUNDRED:
        raise BadValueError("各期百分比之和应为100", "the percents must add up to 100")
    if any(later.months < earlier.months for earlier, later in pairwise(parts)):
        raise BadValueError("各期应按先后排列", "the instalments must stand in order of time")
    return parts


def _part(raw: Any) -> Part:
    if not isinstance(raw, Mapping) or set(raw) != {"occasion", "percent", "months"}:
        raise BadValueError("每期应有 occasion、percent、months", "each instalment has occasion, percent and months")
    part = Part(one_of(*OCCASIONS)(raw["occasion"]), decimal(raw["percent"]), whole(raw["months"]))
    if not 0 < part.percent <= HUNDRED:
        raise BadValueError("每期百分比应大于0，不超过100", "each percent must be more than 0 and at most 100")
    if (part.occasion == GRANT) != (part.months == 0):
        raise BadValueError(
            "随决定支付的月数为0，其他各期至少1个月",
            "what is paid with the decision has 0 months, everything else at least 1",
        )
    return part


def split(amount: Decimal, parts: Sequence[Part]) -> list[Decimal]:
    """A sum in yuan divided by the percents: whole fen that add up exactly, by the largest remainder, the earlier
    instalment first.
    """
    fen = int(amount / FEN)
    exact = [Fraction(part.percent) * fen / 100 for part in parts]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda n: (shares[n] - exact[n], n))
    for n in by_remainder[: fen - sum(shares)]:
        shares[n] += 1
    return [share * FEN for share in shares]
