"""政策文件: drafting a document and its clauses."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.models import User
from people.refusals import Conflict, Invalid, NotFound
from schemes.models import PolicyDocument, Proposal
from schemes.publication import original_files, policy_desk, policy_scope
from schemes.publication.drafting import Draft
from schemes.publication.publishing_documents import content_of_document
from schemes.views.words import period_of
from schemes.views.work.shared import editors_only, place_choices, scheme_choices
from schemes.views.work.values import edition_of
from schemes.work_forms import ClauseForm, DocumentForm

Content = dict[str, Any]


@editors_only
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The documents on record where the user edits, with the way to put each right."""
    homes = policy_scope.homes(request.user, policy_scope.EDITOR, timezone.now())
    rows = PolicyDocument.objects.filter(policy_scope.inside("division", homes)).select_related("division")
    documents = rows.defer("text").order_by("division_id", "in_force_from", "code")
    shown = [{"document": document, "period": period_of(document)} for document in documents]
    return render(request, "schemes/work/documents.html", {"documents": shown})


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A document that is not on record yet."""
    return _form_page(request, None)


def edit(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Change what one's draft says of the document."""
    return _form_page(request, proposal)


@editors_only
@require_POST
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft that puts a document on record right."""
    at = timezone.now()
    document = PolicyDocument.objects.select_related("division").filter(pk=code).first()
    if document is None or not policy_scope.may_edit(request.user, document.division, at):
        raise NotFound()
    draft = Draft(Proposal.Kind.DOCUMENT, content_of_document(document), division=document.division_id)
    return redirect("policy_work:proposal", policy_desk.begin(request.user, draft, at).pk)


def _form_page(request: HttpRequest, proposal: Proposal | None) -> HttpResponse:
    at = timezone.now()
    initial = {**proposal.content, "division": proposal.division_id} if proposal else {}
    form = DocumentForm(
        request.POST or None, request.FILES or None, initial=initial, places=place_choices(request.user, at)
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, form, proposal, at)
        except Invalid as refusal:
            form.add_error("upload", refusal.message)
        except Conflict as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("policy_work:proposal", saved.pk)
    context = {
        "form": form,
        "proposal": proposal,
        "edition": request.POST.get("edition", proposal.edition if proposal else ""),
        "keeps_file": bool(proposal and proposal.content.get("file")),
    }
    return render(request, "schemes/work/document.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, form: DocumentForm, proposal: Proposal | None, at: datetime) -> Proposal:
    """The draft with the file, and with the clauses it had."""
    user, division = request.user, form.cleaned_data["division"]
    known = proposal.content if proposal else {"clauses": [], "file": None}
    content = form.content() | {"clauses": known["clauses"], "file": known.get("file")}
    if form.cleaned_data["upload"]:
        row = original_files.keep(form.cleaned_data["upload"], by=user.username, at=at)
        content["file"] = row.pk
        content["text"] = content["text"] or original_files.text_of(row)
    content["code"] = known.get("code") or code_for(division, content["dated"] or content["published"])
    draft = Draft(Proposal.Kind.DOCUMENT, content, division=division)
    if proposal is None:
        return policy_desk.begin(user, draft, at)
    return policy_desk.change(user, proposal.pk, draft, edition_of(request), at)


def code_for(division: str, day: str) -> str:
    """A code nobody has used: place and day, numbered when there are several."""
    stem = f"{division}-{day}"
    taken = set(PolicyDocument.objects.filter(code__startswith=stem).values_list("code", flat=True))
    taken |= set(
        Proposal.objects.filter(kind=Proposal.Kind.DOCUMENT, content__code__startswith=stem).values_list(
            "content__code", flat=True
        )
    )
    free = (code for number in range(1, len(taken) + 2) if (code := f"{stem}-{number}") not in taken)
    return next(free)


# ------------------------------------------------------------------ clauses


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_clause(request: HttpRequest, pk: int) -> HttpResponse:
    """One more clause."""
    proposal = _draft_of(request.user, pk)
    return _clause_page(request, proposal, len(proposal.content["clauses"]))


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def clause(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """One of the clauses."""
    proposal = _draft_of(request.user, pk)
    if place >= len(proposal.content["clauses"]):
        raise NotFound()
    return _clause_page(request, proposal, place)


@editors_only
@require_POST
def remove_clause(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Take a clause out of the draft; what is on record already stays there."""
    proposal = _draft_of(request.user, pk)
    clauses = list(proposal.content["clauses"])
    if place >= len(clauses):
        raise NotFound()
    taken = clauses.pop(place)
    _keep_clauses(request, proposal, clauses)
    messages.success(request, _("已从草案中去掉条款%(clause)s。") % {"clause": taken["clause"]})
    return redirect("policy_work:proposal", pk)


def _clause_page(request: HttpRequest, proposal: Proposal, place: int) -> HttpResponse:
    clauses = list(proposal.content["clauses"])
    initial = clauses[place] if place < len(clauses) else {}
    form = ClauseForm(
        request.POST or None,
        initial=initial,
        schemes=scheme_choices(),
        document_text=proposal.content.get("text", ""),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _keep_clauses(request, proposal, [*clauses[:place], form.content(), *clauses[place + 1 :]])
        except Conflict as refusal:
            form.add_error(None, refusal.message)
        else:
            if "another" in request.POST:
                return redirect("policy_work:clause_add", proposal.pk)
            return redirect("policy_work:proposal", proposal.pk)
    context = {
        "form": form,
        "proposal": proposal,
        "is_new": place >= len(clauses),
        "edition": request.POST.get("edition", proposal.edition),
        "text": proposal.content.get("text", ""),
    }
    return render(request, "schemes/work/clause.html", context, status=422 if form.errors else 200)


def _keep_clauses(request: HttpRequest, proposal: Proposal, clauses: list[Content]) -> None:
    draft = Draft(Proposal.Kind.DOCUMENT, proposal.content | {"clauses": clauses}, division=proposal.division_id)
    policy_desk.change(request.user, proposal.pk, draft, edition_of(request), timezone.now())


def _draft_of(user: User, pk: int) -> Proposal:
    """One's draft of a document. Raises NotFound."""
    at = timezone.now()
    proposal = policy_desk.find(user, pk, at)
    if proposal.kind != Proposal.Kind.DOCUMENT or not policy_desk.acts_of(user, proposal, at).edit:
        raise NotFound()
    return proposal
