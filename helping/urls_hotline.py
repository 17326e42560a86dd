"""The hotline's page, at /helping/hotline/."""

from django.urls import path

from helping.views import hotline

urlpatterns = [path("", hotline.hotline, name="hotline")]
