"""What every page of this room begins with: whoever is signed in, about themselves."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.access import applicant_required

View = Callable[..., HttpResponse]


def own_page(*methods: str) -> Callable[[View], View]:
    """A page for whoever is signed in, about themselves; never kept by a browser or a proxy."""
    allowed = [*methods, *(["HEAD"] if "GET" in methods else [])]

    def decorate(view: View) -> View:
        return wraps(view)(applicant_required(never_cache(require_http_methods(allowed)(view))))

    return decorate


def own_render(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page in the applicants' house."""
    return render(request, template, {"house": "house-applicant", **context}, status=status)
