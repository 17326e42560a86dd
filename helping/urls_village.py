"""Rosters, printed forms, oral applications and posted notices: what village clerks do, at /helping/."""

from django.urls import path

from helping.views import paper_forms, posted, rosters, villagers

urlpatterns = [
    path("", rosters.index, name="rosters"),
    path("rosters/template/", rosters.template, name="roster_template"),
    path("rosters/<int:roster>/", rosters.show, name="roster"),
    path("rosters/<int:roster>/add/", rosters.add, name="roster_add"),
    path("rosters/<int:roster>/import/", rosters.bring, name="roster_import"),
    path("villagers/<uuid:villager>/", villagers.show, name="villager"),
    path("villagers/<uuid:villager>/consent/", villagers.consent, name="villager_consent"),
    path("villagers/<uuid:villager>/start/", villagers.start, name="villager_start"),
    path("villagers/<uuid:villager>/remove/", villagers.remove, name="villager_remove"),
    path("drafts/<slug:public_id>/form/", paper_forms.make, name="form_make"),
    path("drafts/<slug:public_id>/oral/", paper_forms.oral, name="oral"),
    path("forms/<str:code>/", paper_forms.pdf, name="form"),
    path("scans/", paper_forms.scans, name="scans"),
    path("notices/", posted.index, name="notices"),
    path("notices/<int:notice>/", posted.notice, name="notice"),
    path("notice-photos/<uuid:photo>/", posted.photo, name="notice_photo"),
]
