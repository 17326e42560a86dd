"""Running cases and newer versions of their schemes: /policy/running/."""

from django.urls import path

from applications.views import moving

app_name = "moving"

urlpatterns = [
    path("", moving.index, name="index"),
    path("<slug:scheme>/<int:number>/", moving.version, name="version"),
]
