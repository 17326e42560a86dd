"""Who may open a page: declared at the view, before anything is looked up."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from people.posts import roles_of
from people.refusals import NotFound

View = Callable[..., HttpResponse]

applicant_required = login_required


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

        return login_required(guarded)

    return decorate
