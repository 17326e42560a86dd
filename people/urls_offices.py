"""Addresses of a system administrator's pages, at /offices/."""

from django.urls import path

from people.views import offices

app_name = "offices"
urlpatterns = [
    path("", offices.index, name="index"),
    path("new/", offices.new, name="new"),
    path("<int:office_id>/", offices.change, name="change"),
]
