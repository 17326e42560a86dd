"""Middleware of the site: staff sign in with a second factor; refusals become pages."""

import logging
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from people.access import page_before
from people.posts import posts_of
from people.refusals import Busy, Erased, Refused
from people.remembering import remembering
from people.vault import KeyDestroyed
from project.busy import is_busy

log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """A refusal raised by the door is answered with its own status and a page that says what to do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a Refused into a page, a destroyed key and a lock not given too; everything else goes on as an error."""
        error = Erased() if isinstance(error, KeyDestroyed) else error
        if is_busy(error):
            log.warning("busy: %s", request.resolver_match and request.resolver_match.view_name)
            error = Busy()
        if not isinstance(error, Refused):
            return None
        before = page_before(request)
        context = {"message": error.message, "code": error.code, "back": "" if before == request.path else before}
        return render(request, "refused.html", context, status=error.status)


class RememberingMiddleware:
    """A page that only reads asks once which posts its user holds; an act asks anew each time."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Remember, for safe methods only."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with remembering():
            return self.get_response(request)


class SecondFactorMiddleware:
    """In production an official without a second factor sees only the page that sets one up."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send officials without a second factor to set one up."""
        if self._needs_setup(request):
            return redirect(reverse("mfa_index"))
        return self.get_response(request)

    def _needs_setup(self, request: HttpRequest) -> bool:
        user = request.user
        if settings.DEMO or settings.PRACTICE or not user.is_authenticated or request.path.startswith("/accounts/"):
            return False
        return bool(posts_of(user)) and not is_mfa_enabled(user)
