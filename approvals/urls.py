"""Addresses of the officials' pages, at /inbox/."""

from django.urls import include, path

from approvals import (
    urls_asking,
    urls_bulk,
    urls_dossiers,
    urls_exofficio,
    urls_inbox,
    urls_moves,
    urls_timing,
    urls_visits,
)
from approvals.views import files, review, unmask

app_name = "approvals"
urlpatterns = [
    path("", include(urls_inbox)),
    path("bulk/", include(urls_bulk)),
    path("dossiers/", include(urls_dossiers)),
    path("visits/", include(urls_visits)),
    path("", include(urls_asking)),
    path("", include(urls_timing)),
    path("", include(urls_exofficio)),
    path("<str:public_id>/", review.show, name="review"),
    path("<str:public_id>/moves/", include(urls_moves)),
    path("<str:public_id>/claim/", review.claim, name="claim"),
    path("<str:public_id>/release/", review.release, name="release"),
    path("<str:public_id>/unmask/", unmask.unmask, name="unmask"),
    path("<str:public_id>/attachments/<uuid:file_id>/", files.attachment, name="attachment"),
    path("<str:public_id>/papers/<int:pk>/pdf/", files.paper_pdf, name="paper_pdf"),
]
