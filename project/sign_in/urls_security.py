"""Addresses of a security administrator's pages, at /staff/security/."""

from django.urls import path

from project.sign_in import lost_views, security_views

app_name = "security"
urlpatterns = [
    path("", security_views.index, name="index"),
    path("lost/", lost_views.waiting, name="lost_factors"),
    path("lost/<int:user_id>/agree/", lost_views.agree, name="agree_lost_factor"),
    path("lost/<int:user_id>/drop/", lost_views.drop, name="drop_lost_factor"),
    path("<int:user_id>/", security_views.account, name="account"),
    path("<int:user_id>/<slug:what>/", security_views.act, name="act"),
]
