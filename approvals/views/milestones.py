"""Milestones before officials: the lists, those of one grant, and the acts on them."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications.models import Application
from applications.naming import name_of
from approvals import review
from approvals.exofficio import opening
from approvals.forms.milestones import CheckPlanForm, PutOffForm, RulingForm
from approvals.milestones import acting, listing, shown
from approvals.milestones.shown import ShownMilestone
from approvals.views.files import download
from audit import chain
from benefits.milestones import reporting
from benefits.models import Milestone
from people import vault
from people.access import official_required
from people.forms import RefusableForm, tried
from people.models import User
from people.refusals import Conflict, NotFound
from people.roles import DESK_ROLES

TITLES: dict[str, Promise] = {
    "check": gettext_lazy("安排现场核查"),
    "rule": gettext_lazy("确认是否完成"),
    "put-off": gettext_lazy("延期"),
}
DONE: dict[str, Promise] = {
    "check": gettext_lazy("现场核查已安排。"),
    "rule": gettext_lazy("已登记确认结果。"),
    "put-off": gettext_lazy("已延期。"),
}


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A list of milestones; what was read is recorded first."""
    at, which = timezone.now(), request.GET.get("list", "near")
    if which not in listing.LISTS:
        raise NotFound()
    page = listing.page_of(request.user, which, at, _number(request.GET.get("after", "")))
    chain.record_read(request.user.username, "milestones.read", data={"list": which, "rows": len(page.rows)})
    today = timezone.localdate(at)
    context = {
        "which": which,
        "lists": listing.TITLES.items(),
        "title": listing.TITLES[which],
        "rows": [(row, shown.is_late(row, today)) for row in page.rows],
        "next_url": f"?list={which}&after={page.after}" if page.after else "",
        "first_url": f"?list={which}" if request.GET.get("after") else "",
    }
    return render(request, "approvals/milestones/list.html", context)


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """The milestones of one grant: what was reported, checked and ruled, and what can be done now."""
    at = timezone.now()
    application = review.case_for(request.user, public_id, at)
    found = shown.milestones_of(application, at)
    if not found:
        raise NotFound()
    chain.record_read(request.user.username, "case.read", subject=public_id)
    rows = [(one, [(act, TITLES[act]) for act in _acts(request.user, application, one, at)]) for one in found]
    may_open = bool(opening.role_for(request.user, application, at))
    context = {"application": application, "name": name_of(application), "rows": rows, "may_open": may_open}
    return render(request, "approvals/milestones/show.html", context)


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, public_id: str, place: int, name: str) -> HttpResponse:
    """Plan the site check, rule, or put off. Raises NotFound for what is not theirs to do now."""
    at = timezone.now()
    application = review.case_for(request.user, public_id, at)
    found = shown.of_place(application, place, at)
    if found is None or name not in TITLES or not _may(request.user, application, name, at):
        raise NotFound()
    # What another did meanwhile is told by the act that is sent, with its own words.
    if request.method != "POST" and name not in _acts(request.user, application, found, at):
        raise NotFound()
    form = _form(request, application, name, at)
    outcome = tried(request, form, lambda given: _do(request.user, application, place, name, form, at))
    if outcome.done:
        messages.success(request, DONE[name])
        return redirect("approvals:milestones_of", public_id)
    chain.record_read(request.user.username, "case.read", subject=public_id)
    context = {
        "application": application,
        "name": name_of(application),
        "one": found,
        "form": form,
        "title": TITLES[name],
        "act": name,
    }
    return render(request, "approvals/milestones/act.html", context, status=outcome.status)


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def paper(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The paper of a report, as a download; the reading is recorded first."""
    application = review.case_for(request.user, public_id, timezone.now())
    milestones = Milestone.objects.filter(application=application)
    report = reporting.MilestoneReport.objects.filter(milestone__in=milestones, pk=pk).first()
    if report is None:
        raise NotFound()
    chain.record_read(request.user.username, "attachment.read", subject=public_id, data={"milestone_report": pk})
    try:
        content = reporting.paper_of(report, application)
    except (vault.VaultError, FileNotFoundError) as error:
        raise Conflict(_("这份材料无法打开，可能已经损坏。请联系管理员。"), code="unreadable") from error
    return download(content, report.content_type, reporting.name_of(report))


def _may(user: User, application: Application, name: str, at: datetime) -> bool:
    """Whether the act is one of the official's at all, whatever the milestone has come to."""
    return bool((acting.may_rule if name == "rule" else acting.may_plan)(user, application, at))


def _acts(user: User, application: Application, found: ShownMilestone, at: datetime) -> list[str]:
    """What the official may do now."""
    if found.milestone.state == Milestone.State.MET:
        return []
    names = []
    plans = acting.may_plan(user, application, at)
    reported = found.milestone.state == Milestone.State.REPORTED
    if plans and reported and found.planned is None and found.to_rule is None:
        names.append("check")
    if reported and found.to_rule and acting.may_rule(user, application, at) and not acting.went(user, found.to_rule):
        names.append("rule")
    return [*names, "put-off"] if plans else names


def _form(request: HttpRequest, application: Application, name: str, at: datetime) -> RefusableForm:
    sent = request.POST if request.method == "POST" else None
    if name == "check":
        return CheckPlanForm(acting.companions(request.user, application, at), sent)
    return RulingForm(sent) if name == "rule" else PutOffForm(sent)


def _do(user: User, application: Application, place: int, name: str, form: RefusableForm, at: datetime) -> object:
    given, public_id = form.cleaned_data, application.public_id
    if name == "check":
        companion = User.objects.get(pk=given["companion"])
        return acting.plan(user, public_id, place, companion, given["on"], at)
    if name == "rule":
        return acting.rule(user, public_id, place, form.ruled(), at)
    return acting.put_off(user, public_id, place, given["until"], given["reason"], at)


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
