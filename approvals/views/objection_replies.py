"""Whoever objected reads the reply by the code they were given: without an account, and without a name."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from approvals import notices
from approvals.forms.others import ReplyCodeForm
from approvals.models import Objection
from approvals.views.notices import ONE_HOUR, unindexed
from audit import chain
from papers import reading
from papers.models import Paper
from people import throttle

LOOK_UPS_AN_HOUR = 20


@never_cache
@unindexed
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest) -> HttpResponse:
    """The form, and what was answered. A code is sent, never put into an address: addresses are kept in logs."""
    form = ReplyCodeForm(request.POST or None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not throttle.allowed(request, "objection-replies", LOOK_UPS_AN_HOUR, ONE_HOUR):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    objection = notices.objection_of(form.cleaned_data["code"])
    if objection is None:
        form.add_error("code", _("没有这个查询码。请对照提交异议时显示的查询码逐位核对。"))
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _shown(request, objection)


def _shown(request: HttpRequest, objection: Objection) -> HttpResponse:
    """The reply, or that there is none (any more). That it was read is on record: it shows that it arrived."""
    given = objection.reply
    paper = given if given and given.status != Paper.Status.VOID else None
    if paper is not None:
        chain.record_read("objector", "objection.reply_read", data={"paper": paper.number})
    context = {"objection": objection, "content": reading.content(paper) if paper else None}
    return render(request, "notices/replied.html", context)


def _page(request: HttpRequest, form: ReplyCodeForm, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "notices/reply.html", {"form": form}, status=status)
