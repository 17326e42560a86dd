"""Fifty at once ask one envelope for money: a program of its own, run on a file of SQLite."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier
from types import SimpleNamespace

from django.db import connections, transaction

from benefits import budgets
from benefits.models import Budget, Due
from people.models import Division
from people.refusals import Conflict

HANDS, EACH, ENOUGH_FOR = 50, Decimal("100.10"), 20


def ask(gate: Barrier, case: SimpleNamespace) -> str:
    """One of them."""
    gate.wait(timeout=30)
    try:
        with transaction.atomic():
            budgets.reserve(case, [Due(amount=EACH, payable_from=date(2026, 11, 1))])
    except Conflict as refusal:
        return refusal.code
    finally:
        connections.close_all()
    return "granted"


def cents() -> None:
    """Print what is left of thirty cents after three grants of ten, which binary fractions add up to more."""
    place = Division.objects.create(code="532500", name="红河州", level="prefecture")
    Budget.objects.create(scheme_code="x", division=place, year=2026, document="示例", amount=Decimal("0.30"))
    case = SimpleNamespace(scheme_code="x", division=place)
    for _grant in range(3):
        with transaction.atomic():
            budgets.reserve(case, [Due(amount=Decimal("0.10"), payable_from=date(2026, 11, 1))])
    print(Budget.objects.get().free)  # noqa: T201 - its result


def main() -> None:
    """Print how many were granted, how many refused, and what is reserved."""
    place = Division.objects.create(code="532500", name="红河州", level="prefecture")
    Budget.objects.create(scheme_code="x", division=place, year=2026, document="示例", amount=EACH * ENOUGH_FOR)
    case, gate = SimpleNamespace(scheme_code="x", division=place), Barrier(HANDS)
    with ThreadPoolExecutor(HANDS) as pool:
        told = list(pool.map(lambda _n: ask(gate, case), range(HANDS)))
    print(told.count("granted"), told.count("no_budget"), f"{Budget.objects.get().reserved:.2f}")  # noqa: T201 - its result
