"""Across the counter: a one-time password for a forgotten one, and a second step that was lost."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from helping.counter import visiting
from people.access import official_required
from people.forms import tried
from people.models import Office
from people.refusals import NotFound
from project.sign_in import at_counter, lost_at_counter, lost_factor
from project.sign_in.lost_forms import CounterFactorForm
from project.sign_in.resetting_forms import CounterAccountForm

FORM = ["GET", "HEAD", "POST"]
Act = Callable[[Office, at_counter.Shown, dict[str, Any]], Any]


@official_required(visiting.ROLE)
@never_cache
@require_http_methods(FORM)
def hand_out(request: HttpRequest) -> HttpResponse:
    """The card and the account; then the password, once."""
    at, by = timezone.now(), request.user
    form, came = _tried(request, CounterAccountForm, lambda *said: at_counter.hand_out(by, said[0], said[1], at))
    if came.done:
        user, password = came.result
        return render(request, "account/counter_password_given.html", {"account": user, "password": password})
    return render(request, "account/counter_password.html", {"form": form}, status=came.status)


@official_required(visiting.ROLE)
@never_cache
@require_http_methods(FORM)
def lose_factor(request: HttpRequest) -> HttpResponse:
    """The card, the account and what happened to the second step, which is taken off after the time to object in."""
    at, by = timezone.now(), request.user

    def ask(office: Office, shown: at_counter.Shown, given: dict[str, Any]) -> Any:
        loss = lost_at_counter.Loss(given["reason"], given["paper"], given["valid_until"])
        return lost_at_counter.ask(by, office, shown, loss, at)

    form, came = _tried(request, CounterFactorForm, ask)
    if came.done:
        told = _("已经登记：%(who)s的第二步登录到%(time)s停用。请其那以后用密码登录，再重新开通。")
        time = timezone.localtime(came.result.until).strftime("%Y-%m-%d %H:%M")
        messages.success(request, told % {"who": came.result.user.username, "time": time})
        return redirect("helping:counter")
    context = {"form": form, "hours": lost_factor.hours("counter_wait_hours")}
    return render(request, "account/counter_factor.html", context, status=came.status)


def _tried(request: HttpRequest, form_class: type[CounterAccountForm], act: Act) -> tuple[CounterAccountForm, Any]:
    """The form, and what came of it. Raises NotFound without a counter of one's own."""
    at, by = timezone.now(), request.user
    offices = visiting.offices_of(by, at)
    if not offices:
        raise NotFound()
    form = form_class(offices, request.POST if request.method == "POST" else None)

    def do(given: dict[str, Any]) -> Any:
        shown = at_counter.Shown(given["name"], given["id_number"], given["account"])
        return act(visiting.office_of(by, given["office"], at), shown, given)

    return form, tried(request, form, do)
