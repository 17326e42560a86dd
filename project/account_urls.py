"""Signing in and out, and the second factor. Nothing of allauth is mounted that this site does not use."""

from allauth.account import views
from django.urls import include, path

from project.sign_in import identity_views, lost_views, resetting_views
from project.sign_in import views as ours

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", resetting_views.ask, name="account_reset_password"),
    path("password/reset/code/", resetting_views.code, name="account_reset_password_code"),
    path("password/reset/link/", resetting_views.link, name="account_reset_password_link"),
    path("second-step/keep/", lost_views.keep, name="keep_second_step"),
    path("2fa/", include("allauth.mfa.urls")),
    path("where/", ours.where, name="sign_in_where"),
    path("where/end/", ours.end_others, name="sign_in_end_others"),
    path("remaining/", ours.remaining, name="sign_in_remaining"),
    path("extend/", ours.extend, name="sign_in_extend"),
    path("kept/", ours.show_kept, name="sign_in_kept"),
    path("kept/drop/", ours.drop_kept, name="sign_in_drop_kept"),
    path("identity/unlink/", identity_views.unlink, name="identity_unlink"),
    path("identity/<slug:provider_id>/login/", identity_views.go, name="openid_connect_login"),
    path("identity/<slug:provider_id>/login/callback/", identity_views.come_back, name="openid_connect_callback"),
]
