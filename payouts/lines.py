"""Lines as officials see them: numbers masked; a line that cannot be read does not take the list down."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from applications import answers as answers_of
from benefits.models import Budget, Due
from payouts.models import Batch, Payout
from payouts.payable import Sums
from people import vault
from people.models import Division

LINES_A_PAGE = 100


@dataclass(frozen=True)
class Line:
    """One line on screen. Number and account are masked, "" when they cannot be read."""

    number: int
    application: str
    name: str
    id_number: str
    account: str
    bank: str
    period: str
    amount: Decimal
    scheme: str


class Group(NamedTuple):
    """Lines that belong together, and their sums."""

    label: str
    sums: Sums


def lines_of(dues: Iterable[Due], first: int) -> list[Line]:
    """Dues as lines, numbered from `first`."""
    return [_line(due, number) for number, due in enumerate(dues, start=first)]


def page_of(batch: Batch, first: int) -> list[Line]:
    """The lines of a batch from line `first` on, one page of them."""
    related = ("due__payee__data_key", "due__application__data_key")
    payouts = batch.payouts.filter(line__gte=first).select_related(*related).order_by("line")[:LINES_A_PAGE]
    return [_line(payout.due, payout.line) for payout in payouts]


def by_county(dues: QuerySet[Due]) -> list[Group]:
    """Sums by county (or the higher division of a case placed there), in order of code."""
    rows = dues.values("application__division__county_id", "application__division_id")
    sums: dict[str, list[Sums]] = {}
    for row in rows.annotate(lines=Count("pk"), total=Sum("amount")).order_by():
        code = row["application__division__county_id"] or row["application__division_id"]
        sums.setdefault(code, []).append(Sums(row["lines"], row["total"]))
    names = {division.pk: division.label for division in Division.objects.filter(pk__in=sums)}
    return [Group(names[code], _added(sums[code])) for code in sorted(sums)]


def by_envelope(batch: Batch, titles: dict[str, str]) -> list[Group]:
    """Sums of a batch by the envelope that pays for it."""
    sums = batch.payouts.values("due__budget").annotate(lines=Count("pk"), total=Sum("amount")).order_by()
    found = {row["due__budget"]: Sums(row["lines"], row["total"]) for row in sums}
    budgets = Budget.objects.filter(pk__in=found).order_by("year", "scheme_code", "pk")
    return [Group(_envelope_label(budget, titles), found[budget.pk]) for budget in budgets]


def _envelope_label(budget: Budget, titles: dict[str, str]) -> str:
    title = titles.get(budget.scheme_code, budget.scheme_code)
    return _("%(document)s（%(year)s年，%(title)s）") % {
        "document": budget.document,
        "year": budget.year,
        "title": title,
    }


def shared_accounts(batch: Batch) -> int:
    """How many accounts receive money for more than one person in a batch: reason to look closer."""
    payees = Payout.objects.filter(batch=batch).exclude(due__payee__account_index="")
    shared = payees.values("due__payee__account_index").annotate(people=Count("due__payee", distinct=True))
    return shared.filter(people__gt=1).order_by().count()


def _added(sums: list[Sums]) -> Sums:
    return Sums(sum(one.lines for one in sums), sum((one.total for one in sums), Decimal("0.00")))


def _line(due: Due, number: int) -> Line:
    application, payee = due.application, due.payee
    try:
        answers = answers_of.read(application)
        id_number = vault.masked_id(vault.decrypt(payee.data_key, payee.id_number, "id_number"))
    except vault.VaultError:
        answers, id_number = {}, ""
    return Line(
        number=number,
        application=application.number,
        name=answers.get("name") or payee.name,
        id_number=id_number,
        account=vault.masked_account(answers["account"]) if answers.get("account") else "",
        bank=answers.get("bank", ""),
        period=due.period,
        amount=due.amount,
        scheme=due.scheme_code,
    )
