"""/budget-requests/: line offices ask for money."""

from django.urls import path

from payouts.views import budget_requests

app_name = "budget_requests"
urlpatterns = [
    path("", budget_requests.own, name="own"),
    path("<int:pk>/", budget_requests.own_request, name="request"),
]
