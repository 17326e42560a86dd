"""Where applicants urge whoever has their case, at /applications/."""

from django.urls import path

from approvals.views import urging

app_name = "urging"
urlpatterns = [path("<slug:public_id>/urge/", urging.urge, name="urge")]
