"""Who may open a page: declared at the view, before anything is looked up."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from people.posts import roles_of
from people.refusals import NotFound

View = Callable[..., HttpResponse]


def applicant_required(view: View) -> View:
    """Let in whoever is signed in. The others sign in first and come back to the page they were on."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(_way_back(request))
        return view(request, *args, **kwargs)

    return guarded


def _way_back(request: HttpRequest) -> str:
    """The page asked for; for a form sent after the session ended, the page that showed it (an act is no page)."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return page_before(request) or "/"


def page_before(request: HttpRequest) -> str:
    """The page of this site from which a request came; "" where it is unknown or another site's."""
    shown = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(shown, {request.get_host()}):
        return ""
    page = urlsplit(shown)
    return f"{page.path}?{page.query}" if page.query else page.path


def official_required(*roles: str) -> Callable[[View], View]:
    """Let in users who hold one of the roles somewhere today; for all others the page does not exist.

    This opens the door of the building only: what is shown inside is scoped by each room's own function.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not roles_of(request.user) & set(roles):
                raise NotFound()
            return view(request, *args, **kwargs)

        return applicant_required(guarded)

    return decorate
