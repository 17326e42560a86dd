"""The site map."""

from django.urls import include, path

urlpatterns = [
    path("", include("project.site_urls")),
    path("apply/", include("applications.urls_apply")),
    path("applications/", include("applications.urls")),
    path("inbox/", include("approvals.urls")),
    path("notices/", include("approvals.urls_notices")),
    path("verify/", include("papers.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("django_prometheus.urls")),
]
