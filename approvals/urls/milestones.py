"""Addresses of grants paid in instalments, inside /inbox/."""

from django.urls import path

from approvals.views import milestones

urlpatterns = [
    path("milestones/", milestones.index, name="milestones"),
    path("<str:public_id>/milestones/", milestones.show, name="milestones_of"),
    path("<str:public_id>/milestones/reports/<int:pk>/", milestones.paper, name="milestone_paper"),
    path("<str:public_id>/milestones/<int:place>/<slug:name>/", milestones.act, name="milestone_act"),
]
