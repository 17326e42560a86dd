"""Addresses of visits, below /inbox/visits/."""

from django.urls import path

from approvals.views import visit_page, visits

urlpatterns = [
    path("", visits.plan, name="visits"),
    path("sheet/", visits.sheet, name="visit_sheet"),
    path("<int:pk>/", visit_page.show, name="visit"),
    path("<int:pk>/cancel/", visit_page.cancel, name="visit_cancel"),
    path("<int:pk>/photos/", visit_page.add_photos, name="visit_photos"),
    path("<int:pk>/photos/<uuid:photo_id>/", visit_page.photo, name="visit_photo"),
    path("<int:pk>/signature/", visit_page.signature, name="visit_signature"),
    path("<int:pk>/record/", visit_page.record, name="visit_record"),
]
