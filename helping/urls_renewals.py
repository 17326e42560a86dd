"""恢复帮办, at /helping/renewals/."""

from django.urls import path

from helping.views import renewals

urlpatterns = [
    path("", renewals.index, name="renewals"),
    path("new/", renewals.bring, name="renewal_bring"),
    path("<uuid:renewal>/", renewals.show, name="renewal"),
    path("<uuid:renewal>/scan/", renewals.scan, name="renewal_scan"),
]
