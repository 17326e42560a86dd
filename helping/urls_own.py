"""Who helps me, and by what right I help: inside /applications/, before the cases."""

from django.urls import path

from helping.views import authority, own_helpers, own_organisations

app_name = "helpers"
urlpatterns = [
    path("helpers/", own_helpers.helpers, name="list"),
    path("helpers/add/", own_helpers.add, name="add"),
    path("helpers/<uuid:mandate>/stop/", own_helpers.stop, name="stop"),
    path("organisations/", own_organisations.organisations, name="organisations"),
    path("organisations/add/", own_organisations.add, name="letter_add"),
    path("organisations/<uuid:letter>/scan/", own_organisations.scan, name="letter_scan"),
    path("organisations/<uuid:letter>/give-up/", own_organisations.give_up, name="letter_give_up"),
    path("<slug:public_id>/authority/", authority.authority, name="authority"),
    path("<slug:public_id>/take-over/", own_helpers.take, name="take_over"),
]
