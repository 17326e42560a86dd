"""The papers issued in one's own case: to read on the page, and as the PDF itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications.timeline import title_of
from applications.views.desk import applicant_page, applicant_render, open_desk
from applications.views.files import file_response
from papers import reading
from papers.models import Paper
from people.refusals import NotFound

PDF = "application/pdf"


@applicant_page("GET")
def paper(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """The paper as a page: the same words as the PDF, for every reader and every aid."""
    desk = open_desk(request.user, public_id)
    found = _paper_of(public_id, paper)
    context = {
        "application": desk.application,
        "paper": found,
        "title": title_of(found),
        "content": reading.content(found),
    }
    return applicant_render(request, "applications/paper.html", context)


@applicant_page("GET")
def paper_pdf(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """The PDF as a download. While it is still being made, the page says so and offers to look again."""
    open_desk(request.user, public_id)
    found = _paper_of(public_id, paper)
    if found.state != Paper.State.READY:
        return redirect("applications:paper", public_id, paper)
    name = _("%(title)s（%(number)s）.pdf") % {"title": found.title, "number": found.number}
    return file_response(reading.pdf_bytes(found), PDF, name)


def _paper_of(public_id: str, paper: int) -> Paper:
    found = reading.papers_for_applicant(public_id).filter(pk=paper).first()
    if found is None:
        raise NotFound()
    return found
