"""Lines as officials see them: numbers masked; a line that cannot be read does not take the list down."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits.models import Budget, Due
from payouts.banks import Accounts
from payouts.models import Batch, Payout
from payouts.payable import Sums
from payouts.payees import Paid, is_public, paid_by
from people import vault
from people.models import Division

LINES_A_PAGE = 100
RESULTS = {
    Payout.State.EXPORTED: gettext_lazy("等待银行结果"),
    Payout.State.PAID: gettext_lazy("已到账"),
    Payout.State.RETURNED: gettext_lazy("银行退回"),
}
COLOURS = {Payout.State.EXPORTED: "blue", Payout.State.PAID: "green", Payout.State.RETURNED: "red"}


@dataclass(frozen=True)
class Line:
    """One line on screen. Account and citizen ID are masked, "" when they cannot be read; a code is not (`masked`)."""

    number: int
    application: str
    name: str
    id_number: str
    masked: bool
    account: str
    bank: str
    period: str
    amount: Decimal
    scheme: str
    result: str = ""
    colour: str = ""


class Group(NamedTuple):
    """Lines that belong together, and their sums."""

    label: str
    sums: Sums


def lines_of(dues: Iterable[Due], first: int) -> list[Line]:
    """Dues as lines, numbered from `first`."""
    accounts = Accounts()
    return [_line(due, number, accounts) for number, due in enumerate(dues, start=first)]


def page_of(batch: Batch, first: int) -> list[Line]:
    """The lines of a batch from line `first` on, one page of them."""
    related = ("due__payee__data_key", "due__payee_organisation", "due__application__data_key")
    related, accounts = (*related, "due__bank__organisation__data_key"), Accounts()
    payouts = batch.payouts.filter(line__gte=first).select_related(*related).order_by("line")[:LINES_A_PAGE]
    return [replace(_line(payout.due, payout.line, accounts), **_result(payout)) for payout in payouts]


def _result(payout: Payout) -> dict[str, str]:
    """What the bank answered of a line, "" before it has the batch; a day only where it was entered."""
    if payout.state not in RESULTS:
        return {}
    on = f" {payout.paid_on:%Y-%m-%d}" if payout.state == Payout.State.PAID and payout.paid_on else ""
    return {"result": f"{RESULTS[payout.state]}{on}", "colour": COLOURS[payout.state]}


def bank_answers(batch: Batch) -> dict[str, int]:
    """How many lines of a batch were entered, came back, or wait for the bank; empty before the bank has it."""
    rows = batch.payouts.filter(state__in=RESULTS).order_by().values("state").annotate(lines=Count("pk"))
    found = {row["state"]: row["lines"] for row in rows}
    return {str(state): found.get(state, 0) for state in RESULTS} if found else {}


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
    """How many accounts receive money for more than one payee in a batch: reason to look closer."""
    payees: dict[str, set[tuple[str, int]]] = {}
    for kind in ("payee", "payee_organisation"):
        rows = Payout.objects.filter(batch=batch, due__bank__isnull=True, **{f"due__{kind}__isnull": False})
        for index, pk in rows.values_list(f"due__{kind}__account_index", f"due__{kind}").order_by():
            payees.setdefault(index, set()).add((kind, pk))
    payees.pop("", None)
    return sum(len(one) > 1 for one in payees.values())


def _added(sums: list[Sums]) -> Sums:
    return Sums(sum(one.lines for one in sums), sum((one.total for one in sums), Decimal("0.00")))


def _line(due: Due, number: int, accounts: Accounts) -> Line:
    application, public = due.application, is_public(due)
    try:
        paid = paid_by(due, accounts)
    except vault.VaultError:
        paid = Paid(application.applicant_name, "", "", "")
    return Line(
        number=number,
        application=application.number,
        name=paid.name,
        id_number=paid.number if public or not paid.number else vault.masked_id(paid.number),
        masked=not public,
        account=vault.masked_account(paid.account) if paid.account else "",
        bank=paid.bank,
        period=due.period,
        amount=due.amount,
        scheme=due.scheme_code,
    )
