"""Addresses of waivers that live on, inside /inbox/."""

from django.urls import path

from approvals.views import waivers

urlpatterns = [
    path("waivers/", waivers.index, name="waivers"),
    path("<str:public_id>/waiver/", waivers.show, name="waiver"),
    path("<str:public_id>/waiver/<slug:name>/", waivers.act, name="waiver_act"),
]
