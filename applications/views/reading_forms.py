"""A paper of one's own case in other forms: large print, plain text, and which form one wishes for."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications import receiving
from applications.forms.reading import WishForm
from applications.views.desk import applicant_page, open_desk
from applications.views.files import file_response
from applications.views.issued import PDF, paper_of, paper_page
from papers import reading
from papers.forms_of_reading import asking, plain, wishes
from papers.models import Paper
from people.refusals import NotFound

TEXT = "text/plain; charset=utf-8"


@applicant_page("GET", "POST")
def paper_large(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """The large print as a download (GET), while it is not there the paper's page; sending has it made (POST)."""
    desk = open_desk(request.user, public_id)
    found = paper_of(public_id, paper)
    if request.method == "POST":
        asking.ask(found, desk.now)
        messages.success(request, _("大字版正在生成，一般不超过一分钟。"))
        return redirect("applications:paper", public_id, paper)
    large = asking.large_print_of(found)
    if large is None or large.state != Paper.State.READY or found.status == Paper.Status.VOID:
        return redirect("applications:paper", public_id, paper)
    receiving.opened(desk.user, public_id, found)
    name = _("%(title)s（%(number)s）大字版.pdf") % {"title": found.title, "number": found.number}
    return file_response(asking.pdf_bytes(large), PDF, name)


@applicant_page("GET")
def paper_text(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """The plain text as a download."""
    desk = open_desk(request.user, public_id)
    found = paper_of(public_id, paper)
    if found.status == Paper.Status.VOID:
        raise NotFound()
    receiving.opened(desk.user, public_id, found)
    name = _("%(title)s（%(number)s）.txt") % {"title": found.title, "number": found.number}
    return file_response(plain.encoded(reading.content(found)), TEXT, name)


@applicant_page("POST")
def paper_wish(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """Say in which form one wishes to get papers from now on."""
    desk = open_desk(request.user, public_id)
    found, form = paper_of(public_id, paper), WishForm(request.POST)
    if not form.is_valid():
        return paper_page(request, desk, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    wishes.wish(desk.user, form.cleaned_data["form"], desk.now)
    messages.success(request, _("已保存您希望的阅读方式。"))
    return redirect("applications:paper", public_id, paper)
