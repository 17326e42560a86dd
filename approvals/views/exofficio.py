"""依职权处理: opening a case about a granted one, and its steps; reopening what was ended."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications.models import Application
from applications.naming import name_of
from approvals import reopening, review
from approvals.exofficio import deciding, hearing, opening, replying
from approvals.exofficio.shown import Shown, shown_of
from approvals.forms.exofficio import (
    DecideForm,
    HearingForm,
    NoticeForm,
    OpeningForm,
    ReasonForm,
    StatementForm,
    WeighForm,
)
from approvals.models import Proceeding
from approvals.seats import seat_of
from audit import chain
from people.access import official_required
from people.forms import RefusableForm
from people.refusals import Conflict, Invalid, NotFound
from people.roles import DESK_ROLES

Act = Callable[[RefusableForm], object]
# At these steps it can be proposed at once that nothing is done.
MAY_DROP = frozenset({"notice", "reply"})


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ex_officio(request: HttpRequest, public_id: str) -> HttpResponse:
    """Of a granted case: open one about it. Of an ex officio case: its next step."""
    application = review.case_for(request.user, public_id, timezone.now())
    return _work(request, application) if application.is_ex_officio else _open(request, application)


def _open(request: HttpRequest, about: Application) -> HttpResponse:
    if not opening.role_for(request.user, about, timezone.now()):
        raise NotFound()
    initial = {name: request.GET[name] for name in ("kind", "ground") if name in request.GET}
    initial["source"] = request.GET.get("source", Proceeding.Source.OFFICIAL)
    form = OpeningForm(opening.kinds_for(about), request.POST or None, initial=initial)
    context = {
        "about": about,
        "proceedings": about.proceedings.select_related("application").order_by("-pk"),
        "template": "approvals/exofficio/open.html",
    }
    if request.method != "POST":
        return _page(request, about, form, context)
    opened: list[Application] = []

    def act(given: OpeningForm) -> None:
        opened.append(opening.open_case(request.user, about.public_id, given.opening(), timezone.now()))

    refused = _refused(form, act)
    if refused:
        return _page(request, about, form, context, refused)
    messages.success(request, _("已立案 %(number)s。下一步：查明事实，事先告知。") % {"number": opened[0].number})
    return redirect("approvals:ex_officio", opened[0].public_id)


def _work(request: HttpRequest, application: Application) -> HttpResponse:
    at = timezone.now()
    shown, seat = shown_of(application), seat_of(request.user, application, at)
    # Waiting for the statement is no reason to keep one out that came on paper.
    may_enter = shown.step == "wait" and seat.item is not None and not shown.proceeding.statement_at
    may_act = may_enter or seat.may_act
    step = "weigh" if shown.step in MAY_DROP and request.GET.get("drop") else shown.step
    form = _form(request, shown, step) if may_act else None
    context = {"shown": shown, "step": step, "seat": seat, "template": "approvals/exofficio/work.html"}
    if request.method != "POST" or form is None:
        return _page(request, application, form, context)
    refused = _refused(form, lambda given: ACTS[step](request, application, given))
    if refused:
        return _page(request, application, form, context, refused)
    messages.success(request, str(DONE[step]()))
    return redirect("approvals:ex_officio", application.public_id)


def _form(request: HttpRequest, shown: Shown, step: str) -> RefusableForm | None:
    sent, proceeding = request.POST or None, shown.proceeding
    forms: dict[str, Callable[[], RefusableForm]] = {
        "notice": lambda: NoticeForm(proceeding.kind, sent),
        "wait": lambda: StatementForm(sent),
        "reply": lambda: HearingForm(sent),
        "weigh": lambda: WeighForm(proceeding, sent),
        "decide": lambda: DecideForm(proceeding, sent),
    }
    return forms[step]() if step in forms else None


def _notice(request: HttpRequest, case: Application, form: NoticeForm) -> None:
    hearing.give_notice(request.user, case.public_id, form.intended(), timezone.now(), version=_version(request))


def _statement(request: HttpRequest, case: Application, form: StatementForm) -> None:
    given = form.cleaned_data
    hearing.enter_statement(request.user, case.public_id, given["text"], given["hearing"], timezone.now())


def _reply(request: HttpRequest, case: Application, form: HearingForm) -> None:
    at, version = timezone.now(), _version(request)
    replying.reply_to_request(request.user, case.public_id, form.reply(), at, version=version)


def _weigh(request: HttpRequest, case: Application, form: WeighForm) -> None:
    deciding.weigh(request.user, case.public_id, form.weighed(), timezone.now(), version=_version(request))


def _decide(request: HttpRequest, case: Application, form: DecideForm) -> None:
    given, version = form.cleaned_data, _version(request)
    deciding.decide(request.user, case.public_id, given["outcome"], given["text"], timezone.now(), version=version)


ACTS = {"notice": _notice, "wait": _statement, "reply": _reply, "weigh": _weigh, "decide": _decide}
DONE = {
    "notice": lambda: _("已事先告知，期限内等待陈述申辩。"),
    "wait": lambda: _("陈述申辩已登记。"),
    "reply": lambda: _("已出具答复书，当事人可以在案件页面看到。"),
    "weigh": lambda: _("处理建议已送审批。"),
    "decide": lambda: _("已办理。"),
}


def _version(request: HttpRequest) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """重新办理: a new round, with a reason."""
    application = review.case_for(request.user, public_id, timezone.now())
    may = reopening.overseer if request.method == "POST" else reopening.role_for
    if not may(request.user, application, timezone.now()):
        raise NotFound()
    form = ReasonForm(request.POST or None)
    context = {"ending": reopening.ending_of(application), "template": "approvals/exofficio/reopen.html"}
    if request.method != "POST":
        return _page(request, application, form, context)

    def act(given: ReasonForm) -> None:
        at, version = timezone.now(), _version(request)
        reopening.reopen(request.user, public_id, given.cleaned_data["reason"], at, version=version)

    refused = _refused(form, act)
    if refused:
        return _page(request, application, form, context, refused)
    messages.success(request, _("已重新办理，从第一个审核环节开始新的一轮。"))
    return redirect("approvals:review", public_id)


def _refused(form: RefusableForm, act: Act) -> int:
    """Act on a valid form; 0 when it was done, else the status of the page that says why not."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        act(form)
    except Invalid as invalid:
        form.add_refused(invalid.errors, str(invalid.message))
        return HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as conflict:
        # What was typed stays: money in a batch, say, is a reason to come back, not to write it all again.
        form.add_refused({}, str(conflict.message))
        return HTTPStatus.CONFLICT
    return 0


def _page(
    request: HttpRequest,
    application: Application,
    form: RefusableForm | None,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    chain.record_read(request.user.username, "case.read", subject=application.public_id)
    template = context.pop("template")
    known = {
        "application": application,
        "name": name_of(application),
        "scheme_title": str(application.definition.title),
        "form": form,
        "back_url": reverse("approvals:review", args=[application.public_id]),
    }
    return render(request, template, known | context, status=status)
