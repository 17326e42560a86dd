"""One's own applications: /applications/."""

from django.urls import path

from applications.views import (
    cases,
    check,
    correcting,
    earlier,
    edit,
    files,
    issued,
    members,
    messages,
    reading_forms,
    scans,
)

app_name = "applications"

urlpatterns = [
    path("", cases.mine, name="list"),
    path("<slug:public_id>/", cases.detail, name="detail"),
    path("<slug:public_id>/resume/", cases.resume, name="resume"),
    path("<slug:public_id>/earlier/", earlier.earlier, name="earlier"),
    path("<slug:public_id>/edit/<slug:page>/", edit.edit, name="edit"),
    path("<slug:public_id>/edit/<slug:page>/members/<int:place>/", members.member, name="member"),
    path("<slug:public_id>/edit/<slug:page>/members/<int:place>/remove/", members.remove, name="member_remove"),
    path("<slug:public_id>/papers/", files.papers, name="papers"),
    path("<slug:public_id>/papers/<int:paper>/", issued.paper, name="paper"),
    path("<slug:public_id>/papers/<int:paper>/pdf/", issued.paper_pdf, name="paper_pdf"),
    path("<slug:public_id>/papers/<int:paper>/scan/", scans.paper_scan, name="paper_scan"),
    path("<slug:public_id>/papers/<int:paper>/large/", reading_forms.paper_large, name="paper_large"),
    path("<slug:public_id>/papers/<int:paper>/text/", reading_forms.paper_text, name="paper_text"),
    path("<slug:public_id>/papers/<int:paper>/wish/", reading_forms.paper_wish, name="paper_wish"),
    path("<slug:public_id>/papers/<int:paper>/confirm/", issued.confirm_paper, name="paper_confirm"),
    path("<slug:public_id>/attachments/<uuid:attachment>/", files.download, name="attachment"),
    path("<slug:public_id>/attachments/<uuid:attachment>/remove/", files.remove, name="attachment_remove"),
    path("<slug:public_id>/check/", check.check, name="check"),
    path("<slug:public_id>/receipt/", check.receipt, name="receipt"),
    path("<slug:public_id>/correct/", correcting.correct, name="correct"),
    path("<slug:public_id>/messages/", messages.thread, name="messages"),
    path("<slug:public_id>/messages/read/", messages.read, name="messages_read"),
    path("<slug:public_id>/withdraw/", correcting.withdraw, name="withdraw"),
]
