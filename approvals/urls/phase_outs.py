"""Addresses of the course of a phase-out, inside /inbox/."""

from django.urls import path

from approvals.views import phase_outs

urlpatterns = [path("<str:public_id>/phase-out/", phase_outs.phase_out, name="phase_out")]
