"""Addresses of opinions asked, notes, labels, internal fields and messages, at /inbox/."""

from django.urls import path

from approvals.views import asked, asking, lists_kept, messages, notes

urlpatterns = [
    path("asked/", asked.index, name="asked"),
    path("asked/<int:pk>/", asked.detail, name="asked_one"),
    path("asked/<int:pk>/attachments/<uuid:file_id>/", asked.attachment, name="asked_attachment"),
    path("labels/", lists_kept.all_labels, name="labels"),
    path("labels/<int:pk>/retire/", lists_kept.retire_label, name="label_retire"),
    path("fields/", lists_kept.all_fields, name="fields"),
    path("fields/<int:pk>/retire/", lists_kept.retire_field, name="field_retire"),
    path("<str:public_id>/ask/", asking.ask, name="ask"),
    path("<str:public_id>/ask/<int:pk>/withdraw/", asking.withdraw, name="ask_withdraw"),
    path("<str:public_id>/notes/", notes.all_notes, name="notes"),
    path("<str:public_id>/labels/", notes.put_label, name="case_label"),
    path("<str:public_id>/labels/<int:pk>/remove/", notes.take_label, name="case_label_remove"),
    path("<str:public_id>/fields/", notes.values, name="case_fields"),
    path("<str:public_id>/messages/", messages.thread, name="messages"),
    path("<str:public_id>/messages/read/", messages.read, name="messages_read"),
]
