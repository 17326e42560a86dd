"""Who helps me, and by what right I help: inside /applications/, before the cases."""

from django.urls import path

from helping.views import authority, own_helpers

app_name = "helpers"
urlpatterns = [
    path("helpers/", own_helpers.helpers, name="list"),
    path("helpers/add/", own_helpers.add, name="add"),
    path("helpers/<uuid:mandate>/stop/", own_helpers.stop, name="stop"),
    path("<slug:public_id>/authority/", authority.authority, name="authority"),
    path("<slug:public_id>/take-over/", own_helpers.take, name="take_over"),
]
