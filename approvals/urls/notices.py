"""Addresses of the public notices, at /notices/."""

from django.urls import path

from approvals.views import notices

app_name = "notices"
urlpatterns = [
    path("", notices.index, name="list"),
    path("<int:pk>/", notices.detail, name="detail"),
]
