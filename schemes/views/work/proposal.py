"""One proposal: what it would change, who did what when, and what can be done with it."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.forms import BaseForm
from people.refusals import Conflict, Invalid, NotFound, Refused
from schemes.models import OriginalFile, Proposal
from schemes.publication import policy_desk
from schemes.publication.policy_desk import Acts
from schemes.publication.proposal_checks import begins_in_the_past
from schemes.views.building import checklist
from schemes.views.files import file_response
from schemes.views.work import documents, letters, values, versions
from schemes.views.work.preview import preview_of
from schemes.views.work.shared import at_the_desk, editors_only
from schemes.work_forms import PublishForm, RejectForm, SubmitForm

Kind, State = Proposal.Kind, Proposal.State
EDITORS: dict[str, Callable[[HttpRequest, Proposal], HttpResponse]] = {
    Kind.VALUE: values.edit,
    Kind.CONFIRMATION: values.edit,
    Kind.DOCUMENT: documents.edit,
    Kind.VERSION: versions.edit,
    Kind.PACKAGE: checklist.edit,
    Kind.LETTER: letters.edit,
}


@at_the_desk
@never_cache
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page."""
    return page(request, pk, timezone.now())


def page(
    request: HttpRequest, pk: int, at: datetime, form: BaseForm | None = None, refusal: Refused | None = None
) -> HttpResponse:
    """The page; after a refused act with the reason on top and what was typed still there."""
    proposal = policy_desk.find(request.user, pk, at)
    acts = policy_desk.acts_of(request.user, proposal, at)
    context = {
        "proposal": proposal,
        "acts": acts,
        "preview": preview_of(proposal, at),
        "errors": [{"message": refusal.message}] if refusal else [],
        "bound": form,
        **_forms(proposal, acts, at, form),
    }
    status = refusal.status if refusal else 422 if form is not None else 200
    return render(request, "schemes/work/proposal.html", context, status=status)


def _forms(proposal: Proposal, acts: Acts, at: datetime, bound: BaseForm | None) -> dict[str, BaseForm]:
    """The forms of the acts on offer; the one that was sent comes back as it was."""
    asks = _asks_backdating(proposal, at)
    forms: dict[str, BaseForm] = {}
    if acts.submit:
        forms["submit_form"] = SubmitForm(asks_backdating=asks)
    if acts.decide:
        forms |= {"publish_form": PublishForm(asks_backdating=asks), "reject_form": RejectForm()}
    names = {SubmitForm: "submit_form", PublishForm: "publish_form", RejectForm: "reject_form"}
    return forms | ({names[type(bound)]: bound} if bound is not None else {})


def _asks_backdating(proposal: Proposal, at: datetime) -> bool:
    return not proposal.backdated_because and begins_in_the_past(proposal, timezone.localdate(at))


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's draft, by the form of its kind."""
    at = timezone.now()
    proposal = policy_desk.find(request.user, pk, at)
    if proposal.kind not in EDITORS or not policy_desk.acts_of(request.user, proposal, at).edit:
        raise NotFound()
    return EDITORS[proposal.kind](request, proposal)


@editors_only
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    at = timezone.now()
    proposal = policy_desk.find(request.user, pk, at)
    form = SubmitForm(request.POST, asks_backdating=_asks_backdating(proposal, at))
    if not form.is_valid():
        return page(request, pk, at, form)
    reasons = form.cleaned_data
    return _act(
        request,
        pk,
        lambda: policy_desk.submit(request.user, pk, reasons["reason"], at, reasons.get("backdated_because", "")),
        _("已提交。请另一位政策发布岗人员审核发布。"),
        form,
    )


@at_the_desk
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish it."""
    at = timezone.now()
    proposal = policy_desk.find(request.user, pk, at)
    form = PublishForm(request.POST, asks_backdating=_asks_backdating(proposal, at))
    if not form.is_valid():
        return page(request, pk, at, form)
    because = form.cleaned_data.get("backdated_because", "")
    return _act(request, pk, lambda: policy_desk.publish(request.user, pk, at, because), _("已发布。"), form)


@at_the_desk
@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn it down."""
    at, form = timezone.now(), RejectForm(request.POST)
    if not form.is_valid():
        return page(request, pk, at, form)
    reason = form.cleaned_data["decision_reason"]
    return _act(request, pk, lambda: policy_desk.reject(request.user, pk, reason, at), _("已退回起草人。"), form)


@editors_only
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    at = timezone.now()
    return _act(request, pk, lambda: policy_desk.withdraw(request.user, pk, at), _("草案已撤回。"))


@editors_only
@require_POST
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft it anew."""
    try:
        draft = policy_desk.revise(request.user, pk, timezone.now())
    except (Conflict, Invalid) as refusal:
        return page(request, pk, timezone.now(), refusal=refusal)
    return redirect("policy_work:proposal", draft.pk)


def _act(request: HttpRequest, pk: int, act: Callable, done: str, form: BaseForm | None = None) -> HttpResponse:
    """Do it and go back to the page; a refusal is shown on the page itself, field by field where it names fields."""
    try:
        act()
    except Invalid as refusal:
        return _told(request, pk, form, refusal)
    except Conflict as refusal:
        return page(request, pk, timezone.now(), refusal=refusal)
    messages.success(request, done)
    return redirect("policy_work:proposal", pk)


def _told(request: HttpRequest, pk: int, form: BaseForm | None, refusal: Invalid) -> HttpResponse:
    """What is not right yet: beside its field, or in the summary."""
    if form is None:
        return page(request, pk, timezone.now(), refusal=refusal)
    for name, message in (refusal.errors or {"": refusal.message}).items():
        form.add_error(name if name in form.fields else None, message)
    return page(request, pk, timezone.now(), form)


@at_the_desk
@never_cache
@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a drafted document."""
    proposal = policy_desk.find(request.user, pk, timezone.now())
    row = OriginalFile.objects.filter(pk=proposal.content.get("file") or 0).first()
    if proposal.kind != Kind.DOCUMENT or row is None:
        raise NotFound()
    return file_response(row)
