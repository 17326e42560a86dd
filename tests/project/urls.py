"""The site map and the gallery of components, for tests of the look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from project import urls as site_map
from tests.project.gallery import gallery

SCHEMES = [
    {
        "title": {"zh": "一次性求职补贴", "en": "One-off job-seeking grant"},
        "summary": {"zh": "给毕业当年找工作的残疾毕业生。"},
        "url": "/a/",
    }
]


def home(request: HttpRequest) -> HttpResponse:
    """The front page with one open scheme."""
    return render(request, "home.html", {"schemes": SCHEMES})


urlpatterns = [path("gallery/", gallery), path("front/", home), *site_map.urlpatterns]
