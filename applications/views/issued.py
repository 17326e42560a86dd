"""The papers issued in one's own case: to read on the page, and as the PDF itself."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications import papers_shown, receiving
from applications.forms.reading import WishForm
from applications.views.desk import Desk, applicant_page, applicant_render, open_desk
from applications.views.files import file_response
from papers import reading
from papers.forms_of_reading import shown
from papers.models import Paper
from papers.seals import scans
from people.refusals import NotFound

PDF = "application/pdf"


@applicant_page("GET")
def paper(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """The paper as a page: the same words as the PDF, for every reader and every aid. Opening it is on record."""
    desk = open_desk(request.user, public_id)
    return paper_page(request, desk, paper_of(public_id, paper))


def paper_page(
    request: HttpRequest, desk: Desk, found: Paper, wish_form: WishForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page of a paper; `wish_form` as it was sent, where something was wrong with it."""
    receiving.opened(desk.user, desk.public_id, found)
    forms = shown.forms_of(found, desk.user)
    standing = papers_shown.standing_of(found, desk.today)
    context = {
        "application": desk.application,
        "may": desk.may,
        "paper": found,
        "title": found.label,
        "standing": standing,
        "content": None if standing.is_void else reading.content(found),
        "for_other": receiving.by_representative(desk.application),
        "forms": forms,
        "scan": scans.latest_of(found),
        "wish_form": wish_form or WishForm(initial={"form": forms.wish}),
    }
    return applicant_render(request, "applications/paper.html", context, status=status)


@applicant_page("GET")
def paper_pdf(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """The PDF as a download. The page says so while it is still being made, and where the paper is void."""
    desk = open_desk(request.user, public_id)
    found = paper_of(public_id, paper)
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
    messages.success(request, _("已经签收。救济期限从明天起计算，最后一天写在下面。"))
    return redirect("applications:paper", public_id, paper)


def paper_of(public_id: str, paper: int) -> Paper:
    """One paper of the applicant's case. Raises NotFound."""
    found = reading.papers_for_applicant(public_id).filter(pk=paper).first()
    if found is None:
        raise NotFound()
    return found
