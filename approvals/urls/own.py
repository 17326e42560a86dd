"""Addresses of what the person concerned does on their own case page, inside /applications/."""

from django.urls import path

from approvals.views import own

app_name = "own"
urlpatterns = [
    path("<slug:public_id>/statement/", own.statement, name="statement"),
    path("<slug:public_id>/complain/", own.complain, name="complain"),
]
