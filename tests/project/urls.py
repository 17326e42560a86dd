"""The site map and the gallery of components, for tests of the look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from project import urls as site_map
from tests.project.gallery import gallery

DOORS = [{"title": "个人", "count": 2, "url": "/a/"}]


def home(request: HttpRequest) -> HttpResponse:
    """The front page with something for one kind of applicant."""
    return render(request, "home.html", {"doors": DOORS})


urlpatterns = [path("gallery/", gallery), path("front/", home), *site_map.urlpatterns]
