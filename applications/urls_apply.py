"""What can be applied for: /apply/."""

from django.urls import path

from applications.views import apply, finding

app_name = "apply"

urlpatterns = [
    path("", apply.index, name="index"),
    path("find/", finding.find, name="find"),
    path("<slug:scheme>/", apply.guide, name="guide"),
]
