"""What came back: returned lines, contradictions and accounts that wait for somebody; and the year's end."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications import answers as answers_of
from audit import chain
from payouts import scope
from payouts.forms import YearForm
from payouts.forms_returns import AccountCheckForm
from payouts.models import AccountCorrection, Payout
from payouts.overview import years_of
from payouts.returns import accounts, disputes
from payouts.returns.afterwards import then, with_afterwards
from payouts.returns.shown import ReasonedLine
from payouts.returns.year_end import unanswered
from people import vault
from people.access import official_required
from people.forms import tried
from people.identity import check_account
from people.refusals import NotFound

LINES_SHOWN = 200


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Lines that came back and are not paid again yet, contradictions, accounts to check. Numbers only."""
    at = timezone.now()
    divisions = {office.division_id for office in scope.finance_offices(request.user, at)}
    back = Payout.objects.filter(state=Payout.State.RETURNED, due__budget__division__in=divisions)
    lines = with_afterwards(back).select_related("batch", "due__application", "due__stop").order_by("-returned_at")
    context = {
        "disputes": [(one.pk, ReasonedLine.of_result(one)) for one in disputes.disputes_of(request.user, at)],
        "corrections": accounts.waiting_of(request.user, at),
        "payouts": [(one, then(one)) for one in lines[:LINES_SHOWN]],
    }
    chain.record_read(request.user.username, "returned.read", data={"disputes": len(context["disputes"])})
    return render(request, "payouts/returns/returned.html", context)


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """A corrected account, whole, for the one who checks it."""
    at = timezone.now()
    correction = accounts.waiting_of(request.user, at).filter(pk=pk).first()
    if correction is None:
        raise NotFound()
    form = AccountCheckForm(request.POST or None)
    outcome = tried(
        request,
        form,
        lambda given: accounts.check(request.user, pk, given["accepted"] == "yes", given["reason"], at),
    )
    if outcome.done:
        messages.success(request, _("账号已核对。"))
        return redirect("payouts:returned")
    said, doubts = _said(correction)
    chain.record_read(request.user.username, "account.read", subject=correction.application.public_id)
    context = {"correction": correction, "said": said, "doubts": doubts, "form": form}
    return render(request, "payouts/returns/account.html", context, status=outcome.status)


def _said(correction: AccountCorrection) -> tuple[accounts.Clear, list[str]]:
    """The correction in clear, and what there is to doubt of it; where it cannot be opened, both say so."""
    try:
        said = accounts.clear(correction)
    except vault.VaultError:
        return accounts.Clear(_("无法读取"), _("无法读取"), ""), [accounts.unreadable_words()]
    doubts = [str(doubt.message) for doubt in check_account(said.account)[1]]
    if said.account == _account_of_answers(correction):
        doubts.append(_("这就是银行退回的那个账号。请先向申请人和银行核实清楚，再决定能否使用。"))
    return said, doubts


def _account_of_answers(correction: AccountCorrection) -> str:
    """The account the case was filed with, "" where its answers cannot be opened."""
    try:
        return str(answers_of.read(correction.application).get("account") or "")
    except vault.VaultError:
        return ""


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def year_end(request: HttpRequest) -> HttpResponse:
    """What was sent by the end of a year and never answered. Numbers only, nobody's data."""
    at = timezone.localtime()
    offices = scope.finance_offices(request.user, at)
    if not offices:
        raise NotFound()
    form = YearForm(years_of(offices), at.year, request.GET)
    payouts = unanswered({office.division_id for office in offices}, form.chosen())
    context = {
        "form": form,
        "year": form.chosen(),
        "payouts": payouts[:LINES_SHOWN],
        "count": payouts.count(),
        "total": sum(payouts.values_list("amount", flat=True), Decimal("0.00")),
        "shown": LINES_SHOWN,
    }
    return render(request, "payouts/returns/year_end.html", context)
