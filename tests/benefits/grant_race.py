"""Fifty whole grants at once out of an envelope that suffices for twenty; a program of its own on a file of SQLite."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal
from threading import Barrier

from django.db import connections

from applications.models import Application
from approvals import decide
from approvals.models import Decision, Opinion
from audit.verify import verify
from benefits.models import Due, Grant
from papers.models import Paper
from payouts.balance import faults
from people.models import User
from people.refusals import Refused
from tests import world
from tests.payouts import budget_rows
from tests.payouts.budget_rows import envelope

HANDS, ENOUGH_FOR = 50, 20
# One cent short of the twenty-first.
LEFT = Decimal("20999.99")
GRANTED, SHORT = "granted", "no_budget"


def ready() -> list[Callable[[], str]]:
    """Fifty cases before the approver of the prefecture, each with the act that grants it."""
    # Every third is at a school where nobody reviews in between.
    cases = [world.at_decision(3 * n) for n in range(HANDS)]
    at = max(case.later() for case in cases)
    budget_rows.leave(str(LEFT), at)
    approver = world.user("prefecture-approver")
    return [granting(approver, case.item().pk, at) for case in cases]


def granting(user: User, item: int, at: datetime) -> Callable[[], str]:
    """The act that grants one case, through the one door: what came of it, "granted" or the code of the refusal."""

    def act() -> str:
        try:
            decide.act(user, item, decide.Said("grant", text="同意。"), at)
        except Refused as refusal:
            return refusal.code
        return GRANTED

    return act


def standing() -> dict[str, object]:
    """What is on record once everybody is done."""
    granted = set(Application.objects.filter(state="granted").values_list("pk", flat=True))
    dues = Due.objects.all()
    last = Opinion.objects.filter(stage="decide")
    return {
        "granted": len(granted),
        "each has all": all(
            set(rows.values_list("application", flat=True)) == granted and rows.count() == len(granted)
            for rows in (Decision.objects.filter(kind="grant"), Grant.objects.all(), dues, last)
        ),
        "numbers": sorted(Paper.objects.filter(kind="grant").values_list("sequence", flat=True)),
        "reserved is owed": envelope().reserved == sum(dues.values_list("amount", flat=True)),
        "free": str(envelope().free),
        "open": Application.objects.filter(state="in_review").count(),
        "chain": str(verify().fault),
        "books": faults(),
    }


AS_IT_SHOULD_BE = {
    "granted": ENOUGH_FOR,
    "each has all": True,
    "numbers": list(range(1, ENOUGH_FOR + 1)),
    "reserved is owed": True,
    "free": "999.99",
    "open": HANDS - ENOUGH_FOR,
    "chain": "None",
    "books": [],
}


def main() -> None:
    """Print what each was told, counted, and whether all is on record as it should be."""
    # On a slow machine the last of fifty waits for longer than the site lets anybody wait.
    connections.settings["default"]["OPTIONS"]["timeout"] = 60
    world.prepare()
    acts, gate = ready(), Barrier(HANDS)

    def hand(act: Callable[[], str]) -> str:
        gate.wait(timeout=30)
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as pool:
        told = Counter(pool.map(hand, acts))
    print(told == {GRANTED: ENOUGH_FOR, SHORT: HANDS - ENOUGH_FOR} or told)  # noqa: T201 - its result
    print(standing() == AS_IT_SHOULD_BE or standing())  # noqa: T201 - its result
