"""Addresses of seals and the register of their use, at /inbox/seals/."""

from django.urls import path

from approvals.views import sealing

urlpatterns = [
    path("", sealing.show, name="seals"),
    path("scans/<int:pk>/", sealing.scan, name="seal_scan"),
]
