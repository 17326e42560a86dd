"""/reports/."""

from django.urls import path

from payouts.views import reports

app_name = "reports"
urlpatterns = [
    path("", reports.index, name="index"),
    path("<int:pk>/pdf/", reports.pdf, name="pdf"),
]
