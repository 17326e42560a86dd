"""Addresses of what the person concerned does on their own case page, inside /applications/."""

from django.urls import path

from approvals.views import claims, own, own_milestones, own_phase_out, own_rating, own_waiver

app_name = "own"
urlpatterns = [
    path("<slug:public_id>/statement/", own.statement, name="statement"),
    path("<slug:public_id>/change/", own_phase_out.change, name="change"),
    path("<slug:public_id>/come-back/", own_phase_out.come_back, name="come_back"),
    path("<slug:public_id>/waiver-change/", own_waiver.change, name="waiver_change"),
    path("<slug:public_id>/milestones/<int:place>/", own_milestones.report, name="milestone"),
    path("<slug:public_id>/claim-next/", claims.claim_next, name="claim_next"),
    path("<slug:public_id>/rate/", own_rating.rate, name="rate"),
    path("<slug:public_id>/complain/", own.complain, name="complain"),
]
