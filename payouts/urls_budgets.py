"""/finance/budgets/."""

from django.urls import path

from payouts.views import budget_requests, budgets

urlpatterns = [
    path("budgets/", budgets.listing, name="budgets"),
    path("budgets/requests/", budget_requests.listing, name="budget_requests"),
    path("budgets/requests/new/", budget_requests.propose, name="budget_propose"),
    path("budgets/requests/<int:pk>/", budget_requests.show, name="budget_request"),
    path("budgets/file/<slug:kind>/", budgets.file, name="budget_file"),
    path("budgets/<int:pk>/", budgets.show, name="budget"),
]
