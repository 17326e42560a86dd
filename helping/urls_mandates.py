"""Mandates for officials, at /helping/mandates/."""

from django.urls import path

from helping.views import mandates

urlpatterns = [
    path("<uuid:mandate>/", mandates.show, name="mandate"),
    path("<uuid:mandate>/scan/", mandates.scan, name="mandate_scan"),
    path("<uuid:mandate>/end/", mandates.end, name="mandate_end"),
]
