"""Trips to a job elsewhere 转移就业: a sum a trip by where it leads, so many a year."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from schemes.rules.assessment import Outcome, cited_line
from schemes.rules.explaining import concluded, lacking, limit_line
from schemes.rules.money import ZERO
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

VALUES = ("trip_amounts", "trips_per_year")
FACTS = ("trip_destination", "trips_paid_this_year")
DESTINATION = Bilingual(zh="目的地", en="Destination")
NO_SUM = Bilingual(zh="当地标准不包括该目的地", en="The local standard has no sum for this destination")
AMOUNT = Bilingual(zh="本次补贴金额（元）", en="Amount for this trip (yuan)")


def per_trip(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The sum of one trip by its destination, while trips of the year are left."""
    gap = lacking(facts, policy, FACTS, VALUES)
    if gap is not None:
        return gap
    destination: str = facts["trip_destination"]
    found: Decimal | None = policy.value("trip_amounts").get(destination)
    most, had = policy.value("trips_per_year"), facts["trips_paid_this_year"]
    left = max(0, most - had)
    lines = (
        cited_line(
            policy,
            "trip_destination",
            DESTINATION if found is not None else NO_SUM,
            "pass" if found is not None else "fail",
            destination,
            rests_on="trip_amounts",
        ),
        limit_line(
            policy, "trips_left", trips_left(most, had, left), str(left), holds=left > 0, rests_on="trips_per_year"
        ),
    )
    amount = ZERO if found is None else found
    return concluded(policy, lines, amount, AMOUNT, rests_on="trip_amounts", used=VALUES)


def trips_left(most: int, had: int, left: int) -> Bilingual:
    """What is possible this year."""
    if not left:
        return Bilingual(
            zh=f"每年最多补贴{most}次，今年已补贴{had}次，今年没有剩余次数",
            en=f"At most {most} trips a year; {had} were paid this year, none is left",
        )
    return Bilingual(
        zh=f"每年最多补贴{most}次，今年已补贴{had}次，还可补贴{left}次",
        en=f"At most {most} trips a year; {had} were paid this year, {left} can still be paid",
    )
