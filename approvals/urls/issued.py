"""Addresses of issued papers, their service, and the register of numbers, at /inbox/."""

from django.urls import path

from approvals.views import issued, reading_forms, register

urlpatterns = [
    path("register/", register.show, name="register"),
    path("unserved/", register.waiting, name="unserved"),
    path("<str:public_id>/papers/<int:pk>/", issued.show, name="paper"),
    path("<str:public_id>/papers/<int:pk>/large/", reading_forms.paper_large, name="paper_large"),
    path("<str:public_id>/papers/<int:pk>/text/", reading_forms.paper_text, name="paper_text"),
    path("<str:public_id>/papers/<int:pk>/service/<int:service>/", issued.proof, name="paper_proof"),
]
