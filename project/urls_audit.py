"""/audit/."""

from django.urls import path

from project.views import audit, audit_story

app_name = "audit"
urlpatterns = [
    path("", audit.index, name="index"),
    path("verify/", audit.verify, name="verify"),
    path("anchors/", audit.anchors, name="anchors"),
    path("story/<str:public_id>/", audit_story.story, name="story"),
    path("<slug:kind>/<str:key>/", audit.trail, name="trail"),
]
