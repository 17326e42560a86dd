"""What can be applied for: /apply/."""

from django.urls import path

from applications.views import apply

app_name = "apply"

urlpatterns = [
    path("", apply.index, name="index"),
    path("<slug:scheme>/", apply.guide, name="guide"),
]
