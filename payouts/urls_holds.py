"""/finance/: what waits before it is paid."""

from django.urls import path

from payouts.views import holds, rosters

urlpatterns = [
    path("holds/", holds.listing, name="holds"),
    path("holds/put/", holds.put, name="hold_put"),
    path("holds/rosters/", rosters.listing, name="rosters"),
    path("holds/rosters/<int:pk>/", rosters.show, name="roster"),
    path("holds/<int:pk>/", holds.show, name="hold"),
]
