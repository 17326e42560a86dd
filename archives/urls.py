"""/archives/."""

from django.urls import path

from archives.views import erasures, handovers, lists, packages, requests, volumes

app_name = "archives"
urlpatterns = [
    path("", lists.index, name="index"),
    path("find/", lists.find, name="find"),
    path("waiting/", lists.waiting, name="waiting"),
    path("due/", lists.due, name="due"),
    path("erasures/", erasures.listing, name="erasures"),
    path("erasures/<int:pk>/<slug:act>/", erasures.act, name="erasure_act"),
    path("legal-holds/", erasures.legal_holds, name="legal_holds"),
    path("legal-holds/<int:pk>/lift/", erasures.lift, name="legal_hold_lift"),
    path("requests/", requests.listing, name="requests"),
    path("requests/<int:pk>/", requests.show, name="request"),
    path("requests/<int:pk>/evidence/", requests.evidence, name="request_evidence"),
    path("handovers/", handovers.listing, name="handovers"),
    path("handovers/<int:pk>/", handovers.show, name="handover"),
    path("handovers/<int:pk>/pdf/", handovers.pdf, name="handover_pdf"),
    path("handovers/<int:pk>/package/", handovers.package, name="handover_package"),
    path("packages/<int:pk>/", packages.download, name="package_download"),
    path("<int:pk>/", volumes.show, name="volume"),
    path("<int:pk>/hold/", volumes.hold, name="hold"),
    path("<int:pk>/lift/", volumes.lift, name="lift"),
    path("<int:pk>/package/", volumes.package, name="package"),
]
