"""What is entered at the steps of an ex officio case."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from approvals.models import Proceeding


@dataclass(frozen=True)
class Opening:
    """What is to be looked into: kind of measure, where the clue came from, and why, in words.

    `ground` is the event of the revival clause where a waiver is to be revived, "" else.
    """

    kind: str
    source: str
    grounds: str
    ground: str = ""


@dataclass(frozen=True)
class Intended:
    """What the prior notice says: the facts found, document and clause, from which day, and the sum in yuan.

    The sum is, for a reduction, what is paid each time from then on; for recovery, and where a revocation asks for
    money back, what is to be paid back; None where there is none.
    """

    facts: str
    clause: str
    effective_on: date | None
    amount: Decimal | None = None


@dataclass(frozen=True)
class Weighed:
    """The proposal after the person was heard: whether to impose it, why, and what is answered to the statement."""

    impose: bool
    reason: str
    answer: str = ""
    hearing: str = ""


NEEDS_SUM = frozenset({Proceeding.Kind.REDUCE, Proceeding.Kind.RECOVER})
MAY_HAVE_SUM = NEEDS_SUM | {Proceeding.Kind.REVOKE}
