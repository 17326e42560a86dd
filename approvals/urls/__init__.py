"""Addresses of the officials' pages, at /inbox/."""

from django.urls import include, path

from approvals.urls import (
    asking,
    bulk,
    claims,
    dossiers,
    exofficio,
    inbox,
    issued,
    milestones,
    moves,
    notified,
    phase_outs,
    printing,
    sealing,
    timing,
    visits,
    waiting,
    waivers,
)
from approvals.views import files, review, unmask

app_name = "approvals"
urlpatterns = [
    path("", include(inbox)),
    path("bulk/", include(bulk)),
    path("dossiers/", include(dossiers)),
    path("visits/", include(visits)),
    path("papers/", include(printing)),
    path("seals/", include(sealing)),
    path("", include(asking)),
    path("", include(timing)),
    path("", include(exofficio)),
    path("", include(issued)),
    path("", include(phase_outs)),
    path("", include(claims)),
    path("", include(waivers)),
    path("", include(milestones)),
    path("", include(waiting)),
    path("", include(notified)),
    path("<str:public_id>/", review.show, name="review"),
    path("<str:public_id>/moves/", include(moves)),
    path("<str:public_id>/claim/", review.claim, name="claim"),
    path("<str:public_id>/release/", review.release, name="release"),
    path("<str:public_id>/unmask/", unmask.unmask, name="unmask"),
    path("<str:public_id>/attachments/<uuid:file_id>/", files.attachment, name="attachment"),
    path("<str:public_id>/papers/<int:pk>/pdf/", files.paper_pdf, name="paper_pdf"),
]
