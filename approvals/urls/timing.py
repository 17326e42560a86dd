"""Addresses of the time of cases, at /inbox/."""

from django.urls import path

from approvals.views import timing

urlpatterns = [
    path("supervise/", timing.supervise, name="supervise"),
    path("<str:public_id>/time/", timing.show, name="time"),
]
