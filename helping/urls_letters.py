"""Letters of authority for officials, at /helping/letters/."""

from django.urls import path

from helping.views import letters

urlpatterns = [
    path("", letters.index, name="letters"),
    path("<uuid:letter>/", letters.letter, name="letter"),
    path("<uuid:letter>/scan/", letters.scan, name="letter_scan"),
]
