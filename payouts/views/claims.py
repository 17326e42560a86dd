"""追回: claims, what came back of them, and setting them off."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit import chain
from benefits import collecting
from benefits.models import Recovery, RecoveryPayment
from payouts import scope
from payouts.forms_returns import PaidBackForm, RepaymentCheckForm, SetOffForm
from payouts.models import Repayment
from payouts.returns import claims, repayments
from payouts.titles import titles
from people import vault
from people.access import official_required
from people.forms import tried
from people.refusals import Conflict, NotFound

CLAIMS_SHOWN = 200


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Claims of which something is still owed. Numbers only, nobody's data."""
    named, at = titles(), timezone.now()
    found = claims.claims_of(request.user, at)[:CLAIMS_SHOWN]
    rows = [(one, named.get(one.application.scheme_code, one.application.scheme_code)) for one in found]
    waiting = repayments.waiting_of(request.user, at)[:CLAIMS_SHOWN]
    return render(request, "payouts/returns/claims.html", {"claims": rows, "waiting": waiting})


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim with what came back of it; a POST enters a sum that was paid back, for somebody else to look at."""
    at = timezone.now()
    claim = claims.claim_of(request.user, pk, at)
    form = PaidBackForm(request.POST or None)
    outcome = tried(
        request,
        form,
        lambda given: repayments.enter(request.user, pk, given["amount"], given["on"], given["proof"], at),
    )
    if outcome.done:
        messages.success(request, _("缴回已登记，由其他复核人员核对凭证以后才计入。"))
        return redirect("payouts:claim", pk)
    return _page(request, claim, form, at, outcome.status)


def _page(request: HttpRequest, claim: Recovery, form: PaidBackForm, at: datetime, status: int) -> HttpResponse:
    chain.record_read(request.user.username, "claim.read", subject=claim.application.public_id)
    payments = claim.payments.select_related("recovery__application__data_key", "due__application", "by")
    context = {
        "claim": claim,
        "title": titles().get(claim.application.scheme_code, claim.application.scheme_code),
        "payments": [(one, -one.amount, _proof(one)) for one in payments],
        "entered": claim.repayments.exclude(state=Repayment.State.CONFIRMED).select_related("entered_by", "checked_by"),
        "dues": claims.offsettable(request.user, claim, at) if claim.left else [],
        "form": form,
    }
    return render(request, "payouts/returns/claim.html", context, status=status)


def _proof(payment: RecoveryPayment) -> str:
    try:
        return collecting.proof_of(payment)
    except vault.VaultError:
        return _("无法读取")


@official_required(scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def repayment(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody entered as paid back, with its voucher, for the one who looks at it."""
    at = timezone.now()
    row = repayments.waiting_of(request.user, at).filter(pk=pk).first()
    if row is None:
        raise NotFound()
    form = RepaymentCheckForm(request.POST or None)
    outcome = tried(
        request,
        form,
        lambda given: repayments.check(
            request.user, pk, accepted=given["accepted"] == "yes", reason=given["reason"], at=at
        ),
    )
    if outcome.done:
        messages.success(request, _("缴回已复核。"))
        return redirect("payouts:claim", row.recovery_id)
    chain.record_read(request.user.username, "claim.read", subject=row.recovery.application.public_id)
    own = row.entered_by_id == request.user.pk
    context = {"row": row, "claim": row.recovery, "proof": _voucher(row), "form": form, "own": own}
    return render(request, "payouts/returns/repayment.html", context, status=outcome.status)


def _voucher(row: Repayment) -> str:
    try:
        return repayments.proof_of(row)
    except Conflict:
        return _("无法读取")


@official_required(scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_off(request: HttpRequest, pk: int, due: int) -> HttpResponse:
    """Ask for the reason, then set a due off."""
    at = timezone.now()
    claim = claims.claim_of(request.user, pk, at)
    found = claims.offsettable(request.user, claim, at).filter(pk=due).first()
    if found is None or not claim.left:
        raise NotFound()
    form = SetOffForm(request.POST or None)
    outcome = tried(request, form, lambda given: claims.set_off(request.user, pk, due, given["reason"], at))
    if outcome.done:
        messages.success(request, _("抵扣已登记。"))
        return redirect("payouts:claim", pk)
    amount = min(found.amount, claim.left)
    context = {"claim": claim, "due": found, "amount": amount, "rest": found.amount - amount, "form": form}
    return render(request, "payouts/returns/set_off.html", context, status=outcome.status)
