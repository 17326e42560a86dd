"""留言: the applicant's side of the thread with the office that has the case."""

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import messages
from applications.forms.messages import MessageForm
from applications.states import State
from applications.views.desk import Desk, applicant_page, applicant_render, open_desk
from people import throttle
from people.refusals import Invalid, NotFound

MESSAGES_AN_HOUR = 20
ONE_HOUR = 60 * 60
HINT = gettext_lazy("可以问问题、说明情况。留言不影响办理期限。机关要求补正的内容和材料，请到补正页面提交。")


@applicant_page("GET", "POST")
def thread(request: HttpRequest, public_id: str) -> HttpResponse:
    """The thread, and writing to the office that has the case; too many in an hour answer 429."""
    desk = _filed(request, public_id)
    form = MessageForm(str(HINT), request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, form)
    if not throttle.allowed(request, "messages", MESSAGES_AN_HOUR, ONE_HOUR):
        return render(request, "429.html", status=429)
    try:
        messages.write(desk.user, public_id, form.cleaned_data["text"], desk.now)
    except Invalid as invalid:
        for text in invalid.errors.values():
            form.add_error("text", str(text))
        return _page(request, desk, form)
    told.success(request, _("留言已经发出。"))
    return redirect("applications:messages", public_id)


@applicant_page("POST")
def read(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that one has read what the office wrote."""
    desk = _filed(request, public_id)
    messages.read(desk.user, public_id, desk.now)
    return redirect("applications:messages", public_id)


def _filed(request: HttpRequest, public_id: str) -> Desk:
    """One's own case, once it was filed: nobody has a draft but its applicant."""
    desk = open_desk(request.user, public_id)
    if desk.application.state == State.DRAFT:
        raise NotFound()
    return desk


def _page(request: HttpRequest, desk: Desk, form: MessageForm) -> HttpResponse:
    rows = messages.thread(desk.application)
    office = messages.office_with(desk.application)
    context = {
        "application": desk.application,
        "may": desk.may,
        "scheme": desk.application.definition,
        "rows": rows,
        "official": False,
        "unread": sum(row.from_official and row.read_at is None for row, _words in rows),
        "office": office,
        "form": form if office else None,
    }
    return applicant_render(request, "applications/messages.html", context, status=422 if form.is_bound else 200)
