"""Helping people to apply, at /helping/: one file of addresses a subject."""

from django.urls import include, path

app_name = "helping"
urlpatterns = [
    path("counter/", include("helping.urls_counter")),
    path("hotline/", include("helping.urls_hotline")),
    path("invites/", include("helping.urls_invites")),
    path("schools/", include("helping.urls_schools")),
    path("letters/", include("helping.urls_letters")),
    path("mandates/", include("helping.urls_mandates")),
    path("renewals/", include("helping.urls_renewals")),
    path("", include("helping.urls_village")),
]
