"""Addresses of an administrator's pages, at /staff/."""

from django.urls import path

from people.views import staff

app_name = "staff"
urlpatterns = [
    path("", staff.index, name="index"),
    path("offices/<int:office_id>/", staff.office, name="office"),
    path("offices/<int:office_id>/appoint/", staff.appoint, name="appoint"),
    path("offices/<int:office_id>/account/", staff.account, name="account"),
    path("posts/<int:post_id>/end/", staff.end, name="end"),
]
