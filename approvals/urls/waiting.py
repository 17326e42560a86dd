"""/inbox/waiting/ and the button on a case."""

from django.urls import path

from approvals.views import waiting

urlpatterns = [
    path("waiting/", waiting.lists, name="waiting"),
    path("<str:public_id>/waiting/", waiting.enlist, name="enlist"),
]
