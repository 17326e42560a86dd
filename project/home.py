"""The front page: the two ways in, and what can be applied for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.offers import published
from schemes.definition import SchemeDefinition


def _card(definition: SchemeDefinition) -> dict:
    """One scheme as the front page shows it; its page tells where it is open."""
    return {
        "code": definition.code,
        "title": definition.title,
        "summary": definition.summary,
        "url": f"/apply/{definition.code}/",
    }


def home(request: HttpRequest) -> HttpResponse:
    """Whoever comes sees the same page; only the buttons differ once signed in."""
    schemes = [_card(version.definition) for version in published()]
    return render(request, "home.html", {"schemes": schemes})
