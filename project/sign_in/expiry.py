"""Middleware: a password that somebody else knows, or that has grown too old, opens only the page that changes it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from project.sign_in import passwords

# The change itself, leaving, and the two questions that the script of every page asks.
OPEN = ("account_change_password", "account_logout", "sign_in_remaining", "sign_in_extend")


class PasswordAgeMiddleware:
    """Whoever still has the password an administrator handed out, or an expired one, changes it first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send them there, and say why."""
        user = request.user
        if not user.is_authenticated or request.path in {reverse(name) for name in OPEN}:
            return self.get_response(request)
        if user.must_change_password:
            return redirect("account_change_password")
        if passwords.expired(user, timezone.now()):
            messages.info(request, _("密码用的时间太长了。请换一个新的，再接着办。"))
            return redirect("account_change_password")
        return self.get_response(request)
