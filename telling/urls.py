"""Addresses of notices, at /told/."""

from django.urls import path

from telling.views import notices, reports, wishes

app_name = "telling"
urlpatterns = [
    path("", notices.index, name="index"),
    path("read/", notices.read, name="read"),
    path("wishes/", wishes.wishes, name="wishes"),
    path("wishes/<slug:channel>/", wishes.address, name="address"),
    path("wishes/<slug:channel>/code/", wishes.code, name="code"),
    path("reports/", reports.take, name="report"),
]
