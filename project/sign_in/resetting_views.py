"""忘了密码: asking for a code or a link, and choosing a new password with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people import throttle, vault
from people.forms import tried
from people.models import PasswordCode
from people.refusals import Conflict, Invalid
from project.sign_in import resetting
from project.sign_in.jobs import send_password_code
from project.sign_in.resetting_forms import ForgottenForm, NewByCodeForm, NewPasswordForm, channels

FORM = ["GET", "HEAD", "POST"]
ASKED_AN_HOUR, TRIES_AN_HOUR, ONE_HOUR = 20, 30, 60 * 60
ASKED, ASKED_FOR = "password_code", "password_code_for"


@never_cache
@require_http_methods(FORM)
def ask(request: HttpRequest) -> HttpResponse:
    """Whose password, and by which way; what to do without any way."""
    if request.user.is_authenticated:
        return redirect("account_change_password")
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not throttle.allowed(request, "passwords-asked", ASKED_AN_HOUR, ONE_HOUR):
        return render(request, "429.html", status=429)
    came = tried(request, form, lambda given: _ask(request, given))
    if came.done:
        send_password_code.enqueue(came.result.pk)
        return redirect("account_reset_password_code")
    context = {"form": form, "channels": channels(), "asked": ASKED in request.session}
    return render(request, "account/password_reset.html", context, status=came.status)


@never_cache
@require_http_methods(FORM)
def code(request: HttpRequest) -> HttpResponse:
    """What was sent, if anything was; the code and the new password. Without a question before it leads to `ask`."""
    row = PasswordCode.objects.filter(pk=request.session.get(ASKED)).first()
    if row is None:
        return redirect("account_reset_password")
    if row.channel == PasswordCode.Channel.EMAIL:
        return render(request, "account/password_reset_sent.html")
    form = NewByCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not throttle.allowed(request, "password-codes", TRIES_AN_HOUR, ONE_HOUR):
        return render(request, "429.html", status=429)
    came = tried(request, form, lambda given: _by_code(row.pk, given))
    if came.done:
        del request.session[ASKED]
        return _done(request)
    return render(request, "account/password_reset_code.html", {"form": form}, status=came.status)


@never_cache
@require_http_methods(FORM)
def link(request: HttpRequest) -> HttpResponse:
    """The new password, for whoever opens the link that was sent. Raises Conflict for one that is over or used."""
    token = request.GET.get("key", "")
    if request.method == "POST" and not throttle.allowed(request, "password-links", TRIES_AN_HOUR, ONE_HOUR):
        return render(request, "429.html", status=429)
    if not resetting.is_open(token, timezone.now()):
        raise Conflict(_("这个链接已经过期，或者用过了。请重新获取。"), code="no_link")
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    came = tried(request, form, lambda given: resetting.by_link(token, given["password1"], timezone.now()))
    if came.done:
        return _done(request)
    return render(request, "account/password_reset_link.html", {"form": form}, status=came.status)


def _ask(request: HttpRequest, given: dict[str, Any]) -> PasswordCode:
    """Ask, and note in the browser's session what it waits for, and for which name, which is not kept in clear."""
    name = vault.blind_index("counted_name", given["account"].casefold())
    earlier = request.session.get(ASKED) if request.session.get(ASKED_FOR) == name else None
    row = resetting.ask(given["account"], given["channel"], throttle.side_of(request), timezone.now(), earlier)
    request.session[ASKED], request.session[ASKED_FOR] = row.pk, name
    return row


def _by_code(pk: int, given: dict[str, Any]) -> None:
    if not resetting.by_code(pk, given["code"], given["password1"], timezone.now()):
        raise Invalid(errors={"code": _("验证码不对，请核对收到的6位数字。")})


def _done(request: HttpRequest) -> HttpResponse:
    text = _("密码已经换好，别处的登录已经退出。请用新密码登录。先前输错太多次、账号锁着的，要等锁定满半小时。")
    messages.success(request, text)
    return redirect("account_login")
