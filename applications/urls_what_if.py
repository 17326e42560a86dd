"""Trying a draft of the policy on real cases: /policy/what-if/."""

from django.urls import path

from applications.views import what_if

app_name = "what_if"

urlpatterns = [
    path("<int:proposal>/", what_if.start, name="start"),
    path("runs/<int:run>/", what_if.result, name="result"),
    path("runs/<int:run>/cases/", what_if.cases, name="cases"),
    path("runs/<int:run>/cancel/", what_if.cancel, name="cancel"),
]
