"""我代表的单位: who acts for the organisations one acts for, since when, with which letter; bringing and giving up."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.views.desk import applicant_page, applicant_render
from helping.forms.letters import LetterForm
from helping.models import OrganisationLetter
from helping.organisations import bringing, shown, standing
from helping.views.letters import scan_response
from people.finding import one_of
from people.forms import tried
from people.models import User
from people.refusals import NotFound

WITHDRAW = "withdraw"


@applicant_page("GET")
def organisations(request: HttpRequest) -> HttpResponse:
    """Who acts for the organisations the user acts for."""
    at, user = timezone.now(), request.user
    rows = [shown.told_of(one, at) for one in standing.letters_of(user, at)]
    return applicant_render(request, "helping/organisations/own.html", {"rows": rows, "reader": user})


@applicant_page("GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Bring a letter."""
    form = LetterForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    came = tried(request, form, lambda _given: bringing.bring(request.user, form.brought(), timezone.now()))
    if came.done:
        text = _("已经上传，由办理这个单位申请的机关核对。单位还没有提交过申请的，请先提交申请，委托书和申请一起核对。")
        messages.success(request, text)
        return redirect("helpers:organisations")
    return applicant_render(request, "helping/organisations/add.html", {"form": form}, came.status)


@applicant_page("GET")
def scan(request: HttpRequest, letter: uuid.UUID) -> HttpResponse:
    """The paper, as a download, to whoever may act for the organisation."""
    return scan_response(request, _visible(request.user, letter))


@applicant_page("GET", "POST")
def give_up(request: HttpRequest, letter: uuid.UUID) -> HttpResponse:
    """No longer act for an organisation, or withdraw a letter nobody has looked at: asked once, then done at once."""
    at, user = timezone.now(), request.user
    found = _visible(user, letter)
    if found.holder_id != user.pk:
        raise NotFound()
    if WITHDRAW in request.POST:
        bringing.withdraw(user, letter, at)
        messages.success(request, _("已经撤回。您可以重新上传。"))
        return redirect("helpers:organisations")
    if request.method == "POST":
        bringing.give_up(user, letter, at)
        messages.success(request, _("已经停止。您从现在起看不到这个单位的申请。"))
        return redirect("helpers:organisations")
    return applicant_render(request, "helping/organisations/give_up.html", {"told": shown.told_of(found, at)})


def _visible(user: User, public_id: uuid.UUID) -> OrganisationLetter:
    return one_of(standing.letters_of(user, timezone.now()), public_id=public_id)
