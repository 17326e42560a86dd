"""The papers issued in one's own case: to read on the page, and as the PDF itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications import papers_shown, receiving
from applications.timeline import title_of
from applications.views.desk import applicant_page, applicant_render, open_desk
from applications.views.files import file_response
from papers import reading
from papers.models import Paper
from people.refusals import NotFound

PDF = "application/pdf"


@applicant_page("GET")
def paper(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """The paper as a page: the same words as the PDF, for every reader and every aid. Opening it is on record."""
    desk = open_desk(request.user, public_id)
    found = _paper_of(public_id, paper)
    receiving.opened(desk.user, public_id, found)
    standing = papers_shown.standing_of(found, desk.today)
    context = {
        "application": desk.application,
        "paper": found,
        "title": title_of(found),
        "standing": standing,
        "content": None if standing.is_void else reading.content(found),
        "for_other": receiving.by_representative(desk.application),
    }
    return applicant_render(request, "applications/paper.html", context)


@applicant_page("GET")
def paper_pdf(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """The PDF as a download. The page says so while it is still being made, and where the paper is void."""
    desk = open_desk(request.user, public_id)
    found = _paper_of(public_id, paper)
    if found.state != Paper.State.READY or found.status == Paper.Status.VOID:
        return redirect("applications:paper", public_id, paper)
    receiving.opened(desk.user, public_id, found)
    name = _("%(title)s（%(number)s）.pdf") % {"title": found.title, "number": found.number}
    return file_response(reading.pdf_bytes(found), PDF, name)


@applicant_page("POST")
def confirm_paper(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """确认签收: the paper has arrived; its time limits run from this day."""
    desk = open_desk(request.user, public_id)
    receiving.confirm(desk.user, public_id, paper, desk.now)
    messages.success(request, _("已经签收。救济期限从今天起计算，写在下面。"))
    return redirect("applications:paper", public_id, paper)


def _paper_of(public_id: str, paper: int) -> Paper:
    found = reading.papers_for_applicant(public_id).filter(pk=paper).first()
    if found is None:
        raise NotFound()
    return found
