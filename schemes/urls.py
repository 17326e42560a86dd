"""/policy/."""

from django.urls import path

from schemes.views import detail, index

app_name = "policy"
urlpatterns = [
    path("", index.show, name="index"),
    path("<slug:scheme>/<slug:division>/", detail.show, name="detail"),
]
