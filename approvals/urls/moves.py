"""Addresses of the moves in a case, under /inbox/<public_id>/moves/."""

from django.urls import path

from approvals.views import moves

urlpatterns = [
    path("", moves.show, name="moves"),
    path("read/", moves.acknowledge, name="acknowledge"),
    path("<slug:kind>/", moves.make, name="move"),
]
