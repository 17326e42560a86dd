"""Rosters, matchings and invitations of offices, at /helping/invites/."""

from django.urls import path

from helping.views import invites

urlpatterns = [
    path("", invites.index, name="invites"),
    path("rosters/new/", invites.bring, name="facts_bring"),
    path("rosters/template/<slug:scheme>/", invites.sheet, name="facts_sheet"),
    path("matchings/<int:matching_id>/", invites.show, name="matching"),
    path("matchings/<int:matching_id>/invite/", invites.invite, name="matching_invite"),
    path("<slug:invitation>/letter/", invites.letter, name="invitation_letter"),
    path("<slug:invitation>/refused/", invites.refused, name="invitation_refused"),
]
