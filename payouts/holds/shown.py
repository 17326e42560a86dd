"""Holds as officials of a case and applicants read them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from applications.models import Application
from payouts.holds.amounts import with_amounts
from payouts.holds.standing import open_holds
from payouts.models import Hold


@dataclass(frozen=True)
class HeldPeriod:
    """A line that waits: its period and what of it is kept back now, in yuan.

    Why, since which day the roster says so, and when it was held.
    """

    period: str
    amount: Decimal
    ground: str
    since: date | None
    put_at: datetime

    @classmethod
    def of(cls, hold: Hold) -> "HeldPeriod":
        """From the hold, which has its amount (see amounts)."""
        since = hold.entry.since if hold.entry else None
        return cls(hold.due.period, hold.held, hold.get_ground_display(), since, hold.put_at)


def held_in(application: Application) -> list[HeldPeriod]:
    """What of a case waits, in the order of periods."""
    holds = with_amounts(open_holds().filter(due__application=application)).select_related("due", "entry")
    return [HeldPeriod.of(hold) for hold in holds.order_by("due__payable_from", "due_id", "pk")]
