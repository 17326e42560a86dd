"""Addresses of the public notices, at /notices/."""

from django.urls import path

from approvals.views import notices, objection_replies

app_name = "notices"
urlpatterns = [
    path("", notices.index, name="list"),
    path("replies/", objection_replies.reply, name="reply"),
    path("<int:pk>/", notices.detail, name="detail"),
]
