"""账号安全: locked accounts, sign-in events, and what a security administrator does about them."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit import chain
from people.access import official_required
from people.forms import BaseForm, ChoiceRadioField, FilterForm
from people.refusals import NotFound
from people.staffing import ADMINISTRATOR
from project.audit_words import action_words
from project.sign_in import security

FORM = ["GET", "HEAD", "POST"]
FOUND = 20
# What may be done, as the address and the button name it.
ACTS = {
    "unlock": gettext_lazy("解锁"),
    "factor": gettext_lazy("登记第二步登录丢失"),
    "password": gettext_lazy("发新的临时密码"),
    "out": gettext_lazy("让其全部退出"),
}


class AccountSearch(FilterForm):
    """Which account."""

    q = forms.CharField(label=gettext_lazy("账号或者姓名"), required=False, max_length=40)


class ReasonForm(BaseForm):
    """Why."""

    reason = ChoiceRadioField(
        label=gettext_lazy("原因"), help_text=gettext_lazy("记入审计记录。"), choices=security.Reason.choices
    )


@official_required(ADMINISTRATOR)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Locked accounts, accounts by name, the last events."""
    at, form = timezone.now(), AccountSearch(request.GET or None)
    asked = form.cleaned_data["q"].strip() if form.is_valid() else ""
    accounts = security.accounts_of(request.user, at).order_by("full_name", "pk")
    found = (
        (accounts.filter(full_name__contains=asked) | accounts.filter(username__icontains=asked))[:FOUND]
        if asked
        else []
    )
    happened = security.events(request.user, at)
    chain.record_read(request.user.username, "sign_ins.read", data={"count": len(happened)})
    names = {f"user:{one.pk}": one for one in accounts.filter(pk__in=_numbers(happened))}
    context = {
        "form": form,
        "asked": asked,
        "found": found,
        "locked": security.locked(request.user, at),
        "lines": [(one, action_words(one.action), names.get(one.stream)) for one in happened],
    }
    return render(request, "account/security/index.html", context)


@official_required(ADMINISTRATOR)
@never_cache
@require_safe
def account(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account: its lock, its factors, where it is signed in, its last events."""
    at = timezone.now()
    user = security.account_of(request.user, user_id, at)
    chain.record_read(request.user.username, "sign_ins.read", subject=f"user-{user.pk}")
    happened = [(one, action_words(one.action)) for one in security.events_of(user)]
    context = {"account": user, "standing": security.standing(user, at), "lines": happened, "acts": ACTS}
    return render(request, "account/security/account.html", context)


@official_required(ADMINISTRATOR)
@never_cache
@require_http_methods(FORM)
def act(request: HttpRequest, user_id: int, what: str) -> HttpResponse:
    """Do one of the acts, with a reason. Raises NotFound for another act or account."""
    at = timezone.now()
    user = security.account_of(request.user, user_id, at)
    if what not in ACTS:
        raise NotFound()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _do(request, user, what, form.cleaned_data["reason"])
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"account": user, "form": form, "what": what, "title": ACTS[what]}
    return render(request, "account/security/act.html", context, status=status)


def _do(request: HttpRequest, user, what: str, reason: str) -> HttpResponse:
    at = timezone.now()
    if what == "password":
        user, password = security.new_password(request.user, user.pk, reason, at)
        return render(request, "account/security/password.html", {"account": user, "password": password})
    if what == "unlock":
        security.unlock(request, user.pk, reason, at)
        messages.success(request, _("已解锁：%(who)s。") % {"who": user})
    elif what == "factor":
        security.lose_factor(request.user, user.pk, reason, at)
        messages.success(request, _("已经登记：%(who)s。另一位管理员同意以后，第二步登录才停用。") % {"who": user})
    else:
        _user, ended = security.sign_out(request.user, user.pk, reason, at)
        messages.success(request, _("已让%(who)s退出%(count)s处登录。") % {"who": user, "count": ended})
    return redirect("security:account", user.pk)


def _numbers(happened: list) -> set[int]:
    return {int(one.stream.partition(":")[2]) for one in happened}
