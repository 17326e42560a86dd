"""/audit/."""

from django.urls import path

from project.views import audit

app_name = "audit"
urlpatterns = [
    path("", audit.index, name="index"),
    path("verify/", audit.verify, name="verify"),
    path("anchors/", audit.anchors, name="anchors"),
    path("<slug:kind>/<str:key>/", audit.trail, name="trail"),
]
