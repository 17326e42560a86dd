"""The demonstration's budgets and batches."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from benefits.budgets import tranches
from benefits.budgets.tranches import Document, Shares
from benefits.models import BudgetRequest, Tranche
from payouts import batching
from payouts.budgeting import asking, deciding
from payouts.budgeting.asking import Asked
from payouts.budgeting.deciding import Brought
from payouts.models import Batch
from people.models import Office, User
from project.demo.directory import HONGHE, MENGZI

ENVELOPES = {
    "grad-jobseeking": Decimal("220000.00"),
    "dibao-phase-out": Decimal("900000.00"),
    "employer-support": Decimal("200000.00"),
    "rural-welfare-post": Decimal("300000.00"),
}
PAID = ("grad-jobseeking", "dibao-phase-out")
# assumed: funds, codes and shares of the example envelopes; the codes are those of the budget classification by class.
EMPLOYMENT = (Tranche.Source.EMPLOYMENT, Shares(5000, 3000, 2000), "20807", "303")
DIBAO = (Tranche.Source.DIBAO, Shares(7000, 1500, 1500), "20819", "303")
FUNDS = {scheme: DIBAO if scheme == "dibao-phase-out" else EMPLOYMENT for scheme in ENVELOPES}


def envelopes(years: range) -> None:
    """One envelope a scheme and year, opened by one document. The document numbers say that they are examples."""
    for scheme, amount in ENVELOPES.items():
        for year in years:
            opened(scheme, year, amount)


def opened(scheme: str, year: int, amount: Decimal) -> None:
    """The envelope of a scheme in a year, if it is not there yet."""
    number, at = f"示例财预〔{year}〕1号", timezone.make_aware(datetime(year, 1, 4))  # noqa: DTZ001 - made aware here
    source, shares, function, economic = FUNDS.get(scheme, EMPLOYMENT)
    with transaction.atomic():
        budget = tranches.envelope(scheme, HONGHE, year, number)
        if not Tranche.objects.filter(budget=budget).exists():
            document = Document(number, at.date(), source, shares, function, economic)
            tranches.append(budget, Tranche.Kind.OPENING, amount, document, at)


def history(users: dict[str, User], now: datetime) -> None:
    """Batches as a bureau would have them: one long exported, one waiting for the checker, the rest still payable."""
    for scheme in PAID:
        pay(users, scheme, now - timedelta(days=36))
    pay(users, "grad-jobseeking", now - timedelta(days=4), until="sealed")
    asked(users, now)


def asked(users: dict[str, User], now: datetime) -> None:
    """Line offices asked for money: one got it with a document, one waits for the checker."""
    line, at = Office.objects.get(division_id=MENGZI, function="hrss"), now - timedelta(days=20)
    for scheme, amount, when in (
        ("grad-jobseeking", Decimal("60000.00"), at),
        ("rural-welfare-post", Decimal("45000.00"), now - timedelta(days=2)),
    ):
        wanted = Asked(BudgetRequest.Kind.INCREASE, scheme, when.year, amount, "按今年申请数量测算，下半年资金不足。")
        request = asking.ask(users["county-supervisor"], line.pk, wanted, when)
        if scheme in PAID:
            source, shares, function, economic = FUNDS[scheme]
            later = when + timedelta(days=3)
            number = f"示例财预〔{when.year}〕27号"
            brought = Brought(number, later.date(), source, function, economic, shares)
            deciding.approve(users["finance-checker"], request.pk, brought, later)


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
