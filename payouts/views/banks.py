"""经办银行: banks that are paid subsidised interest, and their accounts."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit import chain
from benefits.models import LoanBank, LoanBankAccount
from payouts import banks, scope
from payouts.budgeting import who
from payouts.forms_banks import BankAccountCheckForm, BankForm
from people import vault
from people.access import official_required
from people.forms import tried
from people.models import User
from people.refusals import NotFound

State = LoanBankAccount.State


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The banks of the reader's bureaus, accounts masked; a POST of a maker types an account."""
    at = timezone.now()
    if not scope.finance_offices(request.user, at):
        raise NotFound()
    offices = who.making_offices(request.user, at)
    form = BankForm(offices, request.POST or None)
    outcome = tried(request, form, lambda given: banks.key_in(request.user, given["office"], form.said(), at))
    if outcome.done:
        messages.success(request, _("账号已登记，由复核岗位核对后使用。"))
        return redirect("payouts:banks")
    context = {"form": form if offices else None, "banks": _shown(request.user, at)}
    return render(request, "payouts/banks/list.html", context, status=outcome.status)


def _shown(user: User, at: datetime) -> list[tuple[LoanBank, str, LoanBankAccount | None]]:
    """Each bank, the account in use masked ("" where there is none), and the one that waits."""
    accounts = banks.Accounts()
    rows = []
    for bank in banks.banks_of(user, at):
        try:
            used = accounts.of(bank).account
        except vault.VaultError:
            used = ""
        waiting = next((one for one in bank.accounts.all() if one.state == State.WAITING), None)
        rows.append((bank, vault.masked_account(used) if used else "", waiting))
    return rows


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """An account that waits, whole, for the one who checks it."""
    at = timezone.now()
    found = banks.waiting_of(request.user, at).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    form = BankAccountCheckForm(request.POST or None)
    outcome = tried(request, form, lambda given: banks.check(request.user, pk, given["accepted"] == "yes", at))
    if outcome.done:
        messages.success(request, _("账号已核对。"))
        return redirect("payouts:banks")
    try:
        said = banks.clear(found, found.bank.organisation)
    except vault.VaultError:
        said = banks.Clear(_("无法读取"), _("无法读取"))
    chain.record_read(request.user.username, "loan_bank.read", subject=found.bank.reference)
    context = {"found": found, "said": said, "form": form}
    return render(request, "payouts/banks/account.html", context, status=outcome.status)
