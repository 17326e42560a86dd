"""Addresses of what applicants were told and how they rate, at /inbox/."""

from django.urls import path

from approvals.views import notified, ratings

urlpatterns = [
    path("not-told/", notified.not_arrived, name="not_told"),
    path("ratings/", ratings.index, name="ratings"),
    path("ratings/counts/", ratings.counted, name="rating_counts"),
    path("ratings/<int:pk>/", ratings.show, name="rating"),
    path("<str:public_id>/told/", notified.of_case, name="told"),
]
