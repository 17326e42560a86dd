"""The site map."""

from django.urls import include, path

urlpatterns = [
    path("", include("project.site_urls")),
    path("verify/", include("papers.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("django_prometheus.urls")),
]
