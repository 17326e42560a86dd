"""/quotas/: places of a year, for line offices and for finance."""

from django.urls import path

from payouts.views import quotas

app_name = "quotas"
urlpatterns = [
    path("", quotas.listing, name="index"),
    path("<int:pk>/", quotas.show, name="request"),
]
