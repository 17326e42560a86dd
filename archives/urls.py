"""/archives/."""

from django.urls import path

from archives.views import handovers, lists, packages, volumes

app_name = "archives"
urlpatterns = [
    path("", lists.index, name="index"),
    path("find/", lists.find, name="find"),
    path("waiting/", lists.waiting, name="waiting"),
    path("due/", lists.due, name="due"),
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
