"""/policy/letter-preview/: a drafted letter filled in, with example words or from a case the reader may see."""

from django.urls import path

from approvals.views import letter_preview

app_name = "letter_preview"
urlpatterns = [
    path("<int:pk>/", letter_preview.show, name="show"),
    path("<int:pk>/sample.pdf", letter_preview.pdf, name="pdf"),
]
