"""Waivers that live on, before officials: the lists, one of them, and the acts on it."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications.models import Application
from applications.naming import name_of
from approvals import review
from approvals.exofficio import opening
from approvals.forms.waivers import CheckForm, RefundForm, WaiverAnswerForm, WaiverChangeForm, WaiverFilterForm
from approvals.labels import labels_of
from approvals.waivers import acting, listing, shown
from approvals.waivers.shown import ShownWaiver
from audit import chain
from benefits.models import Waiver
from people.access import official_required
from people.forms import RefusableForm
from people.refusals import Conflict, Invalid, NotFound
from people.roles import DESK_ROLES

TITLES: dict[str, Promise] = {
    "refund": _("登记彩票中心退款"),
    "check": _("登记年检"),
    "change": _("登记变更"),
    "answer": _("处理变更"),
}
DONE: dict[str, Promise] = {
    "refund": _("退款已登记。"),
    "check": _("年检已登记。"),
    "change": _("变更已登记，由另一位工作人员核实处理。"),
    "answer": _("变更已处理。"),
}


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A list of waivers, narrowed and paged from the address; what was read is recorded first."""
    at = timezone.now()
    which = request.GET.get("list", "in_force")
    if which not in listing.LISTS:
        raise NotFound()
    codes, places = listing.schemes_and_divisions(request.user, at)
    labels = labels_of([], codes)
    schemes = [(code, labels.title(code)) for code in codes]
    form = WaiverFilterForm(schemes, [(place.pk, str(place)) for place in places], request.GET)
    chosen = form.cleaned_data if form.is_valid() else {"scheme": "", "division": ""}
    page = listing.page_of(request.user, which, at, **chosen, after=_number(request.GET.get("after", "")))
    chain.record_read(request.user.username, "waivers.read", data={"list": which, "rows": len(page.rows)})
    kept = {name: value for name, value in chosen.items() if value}
    context = {
        "which": which,
        "lists": [(code, title, urlencode({"list": code, **kept})) for code, title in listing.TITLES.items()],
        "title": listing.TITLES[which],
        "form": form,
        "rows": page.rows,
        "first_url": f"?{urlencode({'list': which, **kept})}" if request.GET.get("after") else "",
        "next_url": f"?{urlencode({'list': which, **kept, 'after': page.after})}" if page.after else "",
    }
    return render(request, "approvals/waivers/list.html", context)


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """One waiver: terms, agreement, money, checks, changes, and what can be done now."""
    at = timezone.now()
    application, found = _found(request, public_id, at)
    chain.record_read(request.user.username, "case.read", subject=application.public_id)
    may_open = opening.role_for(request.user, application, at) and found.waiver.state == Waiver.State.IN_FORCE
    acts = [(act, TITLES[act]) for act in _acts(request, application, found, at)]
    context = _context(application, found) | {"acts": acts, "may_open": bool(may_open)}
    return render(request, "approvals/waivers/show.html", context)


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Write down a refund, a check, a change, or what came of one. Raises NotFound for what is not theirs to do now."""
    at = timezone.now()
    application, found = _found(request, public_id, at)
    sent = request.POST if request.method == "POST" else None
    if name not in TITLES or not _may(request, application, name, at):
        raise NotFound()
    # What another did meanwhile is told by the act that is sent, with its own words.
    if sent is None and name not in _acts(request, application, found, at):
        raise NotFound()
    form, status = _form(name, found, sent), HTTPStatus.OK
    if sent is not None:
        status = _done(request, application, found, name, form, at)
        if not status:
            messages.success(request, DONE[name])
            return redirect("approvals:waiver", public_id)
    chain.record_read(request.user.username, "case.read", subject=application.public_id)
    context = _context(application, found) | {"form": form, "title": TITLES[name], "name_of_act": name}
    return render(request, "approvals/waivers/act.html", context, status=status)


def _found(request: HttpRequest, public_id: str, at: datetime) -> tuple[Application, ShownWaiver]:
    application = review.case_for(request.user, public_id, at)
    found = shown.shown_of(application)
    if found is None:
        raise NotFound()
    return application, found


def _may(request: HttpRequest, application: Application, name: str, at: datetime) -> bool:
    """Whether the act is one of the official's at all, whatever the waiver has come to."""
    allowed = acting.may_keep if name == "refund" else acting.may_act
    return bool(allowed(request.user, application, at))


def _acts(request: HttpRequest, application: Application, found: ShownWaiver, at: datetime) -> list[str]:
    """What the official may do now."""
    user, names = request.user, []
    if found.owed and acting.may_keep(user, application, at):
        names.append("refund")
    if found.waiver.state != Waiver.State.IN_FORCE or not acting.may_act(user, application, at):
        return names
    names.append("check")
    if found.open is None:
        names.append("change")
    elif found.open.reported_by_id != user.pk:
        names.append("answer")
    return names


def _form(name: str, found: ShownWaiver, sent: object) -> RefusableForm:
    if name == "answer":
        # Whoever comes after another has settled it reads so, with what they typed.
        change = found.open or (found.changes[-1].change if found.changes else None)
        if change is None:
            raise NotFound()
        return WaiverAnswerForm(change, sent)
    forms = {"refund": RefundForm, "check": CheckForm, "change": WaiverChangeForm}
    return forms[name](sent)


def _done(
    request: HttpRequest, application: Application, found: ShownWaiver, name: str, form: RefusableForm, at: datetime
) -> int:
    """Act on a valid form; 0 when it was done, else the status of the page that says why not."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    user, public_id, told = request.user, application.public_id, form.told()
    version = _number(request.POST.get("version", "")) or None
    change = found.open.pk if found.open else found.changes[-1].change.pk if found.changes else 0
    acts: dict[str, Callable[[], object]] = {
        "refund": lambda: acting.confirm_refund(user, public_id, told, at, version=version),
        "check": lambda: acting.check(user, public_id, told, at, version=version),
        "change": lambda: acting.report(user, public_id, told, at, version=version),
        "answer": lambda: acting.answer(user, public_id, change, told, at, version=version),
    }
    try:
        acts[name]()
    except Invalid as refused:
        form.add_refused(refused.errors, str(refused.message))
        return HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as conflict:
        form.add_refused({}, str(conflict.message))
        return HTTPStatus.CONFLICT
    return 0


def _context(application: Application, found: ShownWaiver) -> dict[str, object]:
    return {"application": application, "name": name_of(application), "found": found}


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else 0
