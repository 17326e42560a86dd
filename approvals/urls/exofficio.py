"""Addresses of complaints, reviews, rosters and ex officio cases, inside /inbox/."""

from django.urls import path

from approvals.views import complaints, exofficio, reviews

urlpatterns = [
    path("complaints/", complaints.index, name="complaints"),
    path("complaints/<int:pk>/", complaints.show, name="complaint"),
    path("reviews/", reviews.index, name="reviews"),
    path("reviews/<str:public_id>/", reviews.confirm, name="review_confirm"),
    path("roster/", reviews.roster, name="roster"),
    path("<str:public_id>/ex-officio/", exofficio.ex_officio, name="ex_officio"),
    path("<str:public_id>/reopen/", exofficio.reopen, name="reopen"),
]
