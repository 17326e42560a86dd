"""Middleware: a sign-in ends after its time, is told why, and does not lose what was being typed."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import SignIn, User
from project.sign_in import kept, sessions

# Sent by our own script with what it asks by itself: asking is not acting.
QUIET = "X-Zhida-Quiet"
# Only a sign-in whose time was over leaves a form: one that was ended for safety may be in somebody else's hands.
BY_TIME = frozenset({SignIn.Why.IDLE, SignIn.Why.AGE})
REFUSED = 400
TOLD: dict[str, Promise] = {
    SignIn.Why.IDLE: _("很久没有操作，为了安全已经退出登录。请重新登录。"),
    SignIn.Why.AGE: _("登录已满最长时间，为了安全已经退出登录。请重新登录。"),
    SignIn.Why.NEW_SIGN_IN: _("您的账号刚在别处登录，这里已经退出。如果不是您本人，请马上修改密码。"),
    SignIn.Why.ELSEWHERE: _("您在别处退出了这里的登录。"),
    SignIn.Why.SECURITY: _("安全管理员结束了这次登录。请重新登录，有疑问请联系本单位安全管理员。"),
}


class SignInEndsMiddleware:
    """Ends what is overdue, keeps the form that came too late, and notes that somebody is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Before the view: has it ended, and why?"""
        at = timezone.now()
        request.ended_for, request.sends_kept = None, False
        if not request.user.is_authenticated:
            self._ended_elsewhere(request, at)
        elif why := sessions.overdue(request.session, at):
            if QUIET in request.headers:
                request.user = AnonymousUser()  # ended by the next act, which may bring a form
            else:
                self._end(request, why, at)
        elif QUIET not in request.headers:
            sessions.seen(request.session, at)
            if self._returns_to_kept(request):
                return redirect("sign_in_kept")
        user, response = request.user, self.get_response(request)
        if request.sends_kept and _went_through(response):
            kept.drop(user)
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        """Here the form is known to come from a page of ours: Django has looked at its token."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return  # what programs send is no form, and its view may want the body unread
        if request.ended_for is not None:
            kept.keep(request, request.ended_for, timezone.now())
        elif request.user.is_authenticated:
            request.sends_kept = kept.MARK in request.POST

    def _end(self, request: HttpRequest, why: str, at) -> None:
        """`end` first: signing out would put down another reason."""
        request.ended_for, key = request.user, request.session.session_key or ""
        sessions.end(key, why, at)
        sessions.forget(key)
        logout(request)
        messages.info(request, TOLD[why])

    def _ended_elsewhere(self, request: HttpRequest, at) -> None:
        """The browser still shows a session that is gone: say why, once."""
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not key or not request.session.is_empty():
            return
        row = sessions.ended(key, at)
        if row is None or row.why == SignIn.Why.SIGNED_OUT:
            return
        if row.why in BY_TIME:
            request.ended_for = _still_somebody(row.user)
        if QUIET not in request.headers:
            sessions.forget(key)
            messages.info(request, TOLD[row.why])

    def _returns_to_kept(self, request: HttpRequest) -> bool:
        """Once after signing in, where something is kept."""
        page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if not page or kept.MARK not in request.session or request.path.startswith("/accounts/"):
            return False
        del request.session[kept.MARK]
        return True


def _still_somebody(user: User) -> User | None:
    return user if user.is_active else None


def _went_through(response: HttpResponse) -> bool:
    """What was refused, or sent to sign in or to show a password first, is kept for another press."""
    away = response.headers.get("Location", "").startswith("/accounts/")
    return response.status_code < REFUSED and not away
