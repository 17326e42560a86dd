"""Public verification of papers: /verify/."""

from django.urls import path

from papers import views

app_name = "papers"

urlpatterns = [
    path("", views.verify, name="verify"),
    path("<str:code>/", views.result, name="result"),
]
