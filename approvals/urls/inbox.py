"""Addresses of the lists, at /inbox/."""

from django.urls import path

from approvals.views import inbox, saved

urlpatterns = [
    path("", inbox.show, name="inbox"),
    path("find/", inbox.find, name="find"),
    path("keys/", inbox.keys, name="keys"),
    path("saved/", saved.searches, name="saved"),
    path("saved/<int:pk>/default/", saved.default, name="saved_default"),
    path("saved/<int:pk>/delete/", saved.delete, name="saved_delete"),
    path("settings/", saved.settings, name="inbox_settings"),
]
