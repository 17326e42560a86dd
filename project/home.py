"""The front page: the two ways in, and what there is for whom."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.listing import WHO
from applications.offers import published


def home(request: HttpRequest) -> HttpResponse:
    """Whoever comes sees the same page; only the buttons differ once signed in."""
    counts = Counter(version.definition.applicant for version in published())
    doors = [
        {"title": label, "count": counts[who], "url": f"/apply/?who={who}"} for who, label in WHO.items() if counts[who]
    ]
    return render(request, "home.html", {"doors": doors})
