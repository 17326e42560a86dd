"""Addresses of what officials say about themselves, and supervisors about leave, at /staff/."""

from django.urls import path

from approvals.views import standing

app_name = "standing"
urlpatterns = [
    path("me/", standing.me, name="me"),
    path("me/posts/<int:post_id>/lend/", standing.lend, name="lend"),
    path("me/delegations/<int:delegation_id>/revoke/", standing.revoke, name="revoke"),
    path("me/relatives/", standing.relative, name="relative"),
    path("me/organisations/", standing.organisation, name="organisation"),
    path("cover/", standing.cover, name="cover"),
]
