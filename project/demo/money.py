"""The demonstration's budgets and batches."""

from datetime import datetime, timedelta
from decimal import Decimal

from benefits.models import Budget
from payouts import batching
from payouts.models import Batch
from people.models import Office, User
from project.demo.directory import HONGHE

ENVELOPES = {
    "grad-jobseeking": Decimal("220000.00"),
    "dibao-phase-out": Decimal("900000.00"),
    "employer-support": Decimal("200000.00"),
    "rural-welfare-post": Decimal("300000.00"),
}
PAID = ("grad-jobseeking", "dibao-phase-out")


def envelopes(years: range) -> None:
    """One envelope a scheme and year. The document numbers say that they are examples."""
    for scheme, amount in ENVELOPES.items():
        for year in years:
            Budget.objects.get_or_create(
                scheme_code=scheme,
                division_id=HONGHE,
                year=year,
                defaults={"document": f"示例财预〔{year}〕1号", "amount": amount},
            )


def history(users: dict[str, User], now: datetime) -> None:
    """Batches as a bureau would have them: one long exported, one waiting for the checker, the rest still payable."""
    for scheme in PAID:
        pay(users, scheme, now - timedelta(days=36))
    pay(users, "grad-jobseeking", now - timedelta(days=4), until="sealed")


def pay(users: dict[str, User], scheme: str, at: datetime, *, until: str = "exported") -> Batch:
    """One batch of a scheme, made, sealed, checked and exported, or as far as asked."""
    office = Office.objects.get(division_id=HONGHE, function="finance")
    maker, checker = users["finance-maker"], users["finance-checker"]
    batch = batching.make(maker, office, scheme, at)
    if until == "open":
        return batch
    batch = batching.seal(maker, batch.number, at)
    if until == "sealed":
        return batch
    batching.approve(checker, batch.number, at)
    batching.export(checker, batch.number, "xlsx", at)
    return batching.export(checker, batch.number, "csv", at)[0]
