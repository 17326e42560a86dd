"""Addresses of the site's own pages; the site map includes them at its root."""

from django.urls import path
from django.views.generic import TemplateView
from django.views.i18n import set_language

from project import health, preferences, source
from project.home import home
from project.reading import reading

urlpatterns = [
    path("", home, name="home"),
    path("preferences/language/", set_language, name="set_language"),
    path("preferences/elder/", preferences.elder_mode, name="elder_mode"),
    path("preferences/reading/", reading, name="reading"),
    path("accessibility/", TemplateView.as_view(template_name="accessibility.html"), name="accessibility"),
    path("source/", source.source, name="source"),
    path("source/archive/", source.archive, name="source_archive"),
    path("source/licence/", source.licence, name="source_licence"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
]
