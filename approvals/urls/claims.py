"""Addresses of the periods of a benefit, inside /inbox/."""

from django.urls import path

from approvals.views import claims

urlpatterns = [path("<str:public_id>/periods/", claims.periods, name="periods")]
