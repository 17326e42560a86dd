"""Addresses of a security administrator's pages, at /staff/security/."""

from django.urls import path

from project.sign_in import security_views

app_name = "security"
urlpatterns = [
    path("", security_views.index, name="index"),
    path("<int:user_id>/", security_views.account, name="account"),
    path("<int:user_id>/<slug:what>/", security_views.act, name="act"),
]
