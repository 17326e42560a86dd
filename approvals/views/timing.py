"""The time of a case: its limits, and changing them; and what is overdue before those who oversee."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications.models import Application
from applications.time_told import words_of
from approvals import review
from approvals.due import Due, due_of
from approvals.forms.timing import ExtendForm, PauseForm, ResumeForm, TimeForm
from approvals.moves.lists import stranded_lines
from approvals.pauses import pause_reason
from approvals.timing import changes, limits
from approvals.timing.limits import Limits
from approvals.timing.overseeing import overdue_for
from audit import chain
from people.access import official_required
from people.refusals import Invalid
from people.roles import DESK_ROLES
from schemes.words.route_words import days_words
from workflows.models import WorkItem

FORMS: dict[str, type[TimeForm]] = {"extend": ExtendForm, "pause": PauseForm, "resume": ResumeForm}
TITLES: dict[str, Promise] = {"extend": _("延长办理期限"), "pause": _("暂停计算期限"), "resume": _("恢复计算期限")}
DONE: dict[str, Promise] = {
    "extend": _("期限已延长，申请人会看到。"),
    "pause": _("已暂停计时，申请人会看到。"),
    "resume": _("已恢复计时，申请人会看到。"),
}


@dataclass(frozen=True)
class Change:
    """One change that is offered: its code, its title and its form."""

    code: str
    title: Promise
    form: TimeForm

    @property
    def open(self) -> bool:
        """Whether it was sent and came back."""
        return self.form.is_bound


@dataclass(frozen=True)
class Seat:
    """One open seat with its limits and the changes this official may make."""

    limits: Limits
    due: Due
    promised: str
    legal: str
    changes: list[Change]


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """The limits of a case (GET), and one change (POST): 延长, 暂停, 恢复."""
    at = timezone.now()
    application = review.case_for(request.user, public_id, at)
    if request.method != "POST":
        return _page(request, application, at)
    code = request.POST.get("act", "")
    form = _form(code if code in FORMS else "resume", request.POST.get("item", ""), request.POST)
    if code not in FORMS or not form.is_valid():
        return _page(request, application, at, sent=(code, form))
    try:
        _change(request, application, code, form.cleaned_data, at)
    except Invalid as refused:
        form.add_refused(refused.errors, str(refused.message))
        return _page(request, application, at, sent=(code, form))
    messages.success(request, DONE[code])
    return redirect(reverse("approvals:time", args=[public_id]))


def _change(request: HttpRequest, application: Application, code: str, given: dict[str, Any], at: datetime) -> None:
    mine = WorkItem.objects.filter(pk=given["item"], case_id=application.pk)
    item = given["item"] if mine.exists() else 0
    user, version, text = request.user, given["version"], given["text"]
    acts: dict[str, Callable[[], object]] = {
        "extend": lambda: changes.extend(user, item, given["days"], text, at, version=version),
        "pause": lambda: changes.pause(user, item, given["reason"], given["until"], text, at, version=version),
        "resume": lambda: changes.resume(user, item, text, at, version=version),
    }
    acts[code]()


def _page(
    request: HttpRequest, application: Application, at: datetime, sent: tuple[str, TimeForm] | None = None
) -> HttpResponse:
    items = WorkItem.objects.filter(case_id=application.pk, closed_at__isnull=True).order_by("pk")
    found = items.select_related("process", "queue__office", "owner")
    seats = [_seat(request, application, item, at, sent) for item in found]
    chain.record_read(request.user.username, "case.read", subject=application.public_id)
    context = {
        "application": application,
        "seats": seats,
        "told": [(note, words_of(application, note)) for note in application.time_notes.order_by("-pk")],
        "form": sent[1] if sent else None,
        "back_url": reverse("approvals:review", args=[application.public_id]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    return render(request, "approvals/timing/time.html", context, status=status)


def _seat(
    request: HttpRequest, application: Application, item: WorkItem, at: datetime, sent: tuple[str, TimeForm] | None
) -> Seat:
    known = limits.limits_of(item)
    own = sent and str(item.pk) == request.POST.get("item")
    initial = {"item": item.pk, "version": application.version}
    offered = [
        Change(code, TITLES[code], sent[1] if own and sent[0] == code else _form(code, item.pk, initial=initial))
        for code in _offered(request, application, known, at)
    ]
    stage = known.stage
    return Seat(
        known,
        due_of(item.due_at, at, paused=item.paused_at is not None, reason=pause_reason(item)),
        days_words(stage.days, known.kind),
        days_words(stage.legal_days, known.kind) if known.legal else "",
        offered,
    )


def _form(code: str, item: int | str, *data: Any, **more: Any) -> TimeForm:
    """A form whose fields have ids of their own: several stand on the page."""
    return FORMS[code](*data, auto_id=f"{code}-{item}-%s", **more)


def _offered(request: HttpRequest, application: Application, known: Limits, at: datetime) -> list[str]:
    """The changes that make sense now; the services check again."""
    item, stop = known.item, limits.stopping(request.user, application, known.item, at) is not None
    if item.paused_at is not None:
        return ["resume"] if stop and item.pause_reason in changes.REASONS else []
    open_to = known.left > 0 and item.due_at >= at
    extend = open_to and limits.extending(request.user, application, item, at) is not None
    return [*(["extend"] if extend else []), *(["pause"] if stop else [])]


@official_required("supervisor")
@never_cache
@require_safe
def supervise(request: HttpRequest) -> HttpResponse:
    """督办: what is overdue at the offices one oversees, and for five working days or more one level below.

    Also what nobody at one's own office may act on since somebody declared an interest, with their words.
    """
    at = timezone.now()
    rows, stranded = overdue_for(request.user, at), stranded_lines(request.user, at)
    chain.record_read(request.user.username, "inbox.read", data={"count": len(rows) + len(stranded)})
    for line in stranded:
        chain.record_read(request.user.username, "case.read", subject=line.public_id)
    return render(request, "approvals/timing/supervise.html", {"rows": rows, "stranded": stranded})
