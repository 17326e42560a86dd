"""A one-time password across the counter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from helping.counter import visiting
from people.access import official_required
from people.forms import tried
from people.models import User
from people.refusals import NotFound
from project.sign_in import at_counter
from project.sign_in.resetting_forms import CounterPasswordForm


@official_required(visiting.ROLE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_out(request: HttpRequest) -> HttpResponse:
    """The card and the account; then the password, once."""
    at, by = timezone.now(), request.user
    offices = visiting.offices_of(by, at)
    if not offices:
        raise NotFound()
    form = CounterPasswordForm(offices, request.POST if request.method == "POST" else None)

    def give(given: dict[str, Any]) -> tuple[User, str]:
        shown = at_counter.Shown(given["name"], given["id_number"], given["account"])
        return at_counter.hand_out(by, visiting.office_of(by, given["office"], at), shown, at)

    came = tried(request, form, give)
    if came.done:
        user, password = came.result
        return render(request, "account/counter_password_given.html", {"account": user, "password": password})
    return render(request, "account/counter_password.html", {"form": form}, status=came.status)
