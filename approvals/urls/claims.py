"""Addresses of the periods of a benefit and of banks' lists, inside /inbox/."""

from django.urls import path

from approvals.views import claims, loan_lists

urlpatterns = [
    path("loans/", loan_lists.compare, name="loans"),
    path("loans/<int:pk>/", loan_lists.show, name="loan_list"),
    path("<str:public_id>/periods/", claims.periods, name="periods"),
]
