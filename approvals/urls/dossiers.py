"""Addresses of batch dossiers, below /inbox/dossiers/."""

from django.urls import path

from approvals.views import dossier_page, dossiers

urlpatterns = [
    path("", dossiers.listing, name="dossiers"),
    path("new/", dossiers.new, name="dossier_new"),
    path("<int:pk>/", dossiers.show, name="dossier"),
    path("<int:pk>/cases/", dossiers.add, name="dossier_add"),
    path("<int:pk>/cases/<int:row>/remove/", dossiers.remove, name="dossier_remove"),
    path("<int:pk>/minutes/", dossiers.write_minutes, name="dossier_minutes"),
    path("<int:pk>/seal/", dossiers.seal, name="dossier_seal"),
    path("<int:pk>/sheets/", dossier_page.sheets_page, name="dossier_sheets"),
    path("<int:pk>/pdf/", dossier_page.pdf, name="dossier_pdf"),
]
