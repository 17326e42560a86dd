"""Addresses of bulk runs, at /inbox/bulk/."""

from django.urls import path

from approvals.views import bulk

urlpatterns = [
    path("", bulk.index, name="bulk"),
    path("start/", bulk.start, name="bulk_start"),
    path("<int:run>/", bulk.show, name="bulk_run"),
    path("<int:run>/cases/", bulk.cases, name="bulk_cases"),
    path("<int:run>/results.csv", bulk.csv_file, name="bulk_csv"),
    path("<int:run>/cancel/", bulk.cancel, name="bulk_cancel"),
]
