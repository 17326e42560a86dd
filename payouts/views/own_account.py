"""The applicant's own page: the account anew, after money came back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications.own import Act
from applications.views.desk import applicant_page, applicant_render, open_desk
from payouts.forms_returns import OwnAccountForm
from payouts.models import AccountCorrection
from payouts.returns import accounts
from people import vault
from people.masking import masked_account
from people.refusals import Refused


@applicant_page("GET", "POST")
def account(request: HttpRequest, public_id: str) -> HttpResponse:
    """Type the account twice. What was not asked for is refused by the service."""
    desk = open_desk(request.user, public_id)
    desk.require(Act.ACCOUNT)
    wanted = accounts.wanted(desk.application)
    form, status = OwnAccountForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                accounts.key_in(request.user, public_id, given["account"], given["bank"], desk.now)
            except Refused as refusal:
                form.add_refused({}, refusal.message)
                status = refusal.status
            else:
                messages.success(request, _("新的收款账号已提交。工作人员核对后会重新发放。"))
                return redirect("applications:detail", public_id)
    last = accounts.last_of(desk.application)
    rejected = last if wanted and last is not None and last.state == AccountCorrection.State.REJECTED else None
    context = {
        "application": desk.application,
        "scheme": desk.application.definition,
        "wanted": wanted,
        "payouts": accounts.came_back(desk.application),
        "old": masked_account(desk.answers.get("account") or ""),
        "why": _why(rejected) if rejected else "",
        "form": form,
    }
    return applicant_render(request, "payouts/returns/own_account.html", context, status)


def _why(rejected: AccountCorrection) -> str:
    try:
        return accounts.clear(rejected).reason
    except vault.VaultError:
        return _("无法读取")
