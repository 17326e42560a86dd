"""Addresses of the queue of papers, at /inbox/papers/."""

from django.urls import path

from approvals.views import printing

urlpatterns = [
    path("", printing.show, name="paper_queue"),
    path("again/", printing.try_again, name="paper_again"),
]
