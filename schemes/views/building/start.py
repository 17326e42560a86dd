"""Where a scheme begins: a document that is split and compared, clauses that are ticked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.joining import aside
from people.models import Division
from people.refusals import Conflict, NotFound
from schemes.building.beginning import begin, records, take_over
from schemes.building.comparing import Match, Record, differences
from schemes.building.package import SELF, Package
from schemes.building.sections import with_entries
from schemes.building.splitting import Clause, clauses_of
from schemes.building.strength import strength_of
from schemes.models import PolicyClause, PolicyDocument, Proposal, current_versions
from schemes.publication import policy_desk
from schemes.publication.drafting import Draft
from schemes.views.building.shared import form_page, place_of, saved
from schemes.views.work.shared import editors_only, place_choices, scheme_choices
from schemes.views.work.values import edition_of
from schemes.work_forms.building.clauses import StartForm, TickedForm

Kind = Proposal.Kind


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose the place, what to make, and the document."""
    at = timezone.now()
    places = place_choices(request.user, at)
    rows = PolicyDocument.objects.filter(division__in=[code for code, _name in places]).order_by("-in_force_from")
    documents = [(row.pk, f"{row.title}{aside(row.label)}" if row.label != row.title else row.title) for row in rows]
    form = StartForm(request.POST or None, places=places, schemes=scheme_choices(), documents=documents)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        if chosen["document"] and not rows.filter(pk=chosen["document"], division=chosen["division"]).exists():
            form.add_error("document", _("这份文件不是所选地区的，请重新选择地区或者文件。"))
        else:
            proposal = begin(request.user, chosen["division"], chosen["scheme"], chosen["document"], at)
            part = "split" if chosen["document"] else "build"
            return redirect(f"policy_work:{part}", proposal.pk)
    return render(request, "schemes/building/start.html", {"form": form}, status=422 if form.errors else 200)


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """The clauses of one's drafted document or package beside those on record; tick those about a scheme."""
    proposal = policy_desk.find(request.user, pk, timezone.now())
    document = _document(proposal)
    if document is None or not policy_desk.acts_of(request.user, proposal, timezone.now()).edit:
        raise NotFound()
    found = clauses_of(document.get("text", ""))
    form = TickedForm(request.POST or None, clauses=found, schemes=_choices(proposal))
    if request.method == "POST" and form.is_valid():
        answer = _tie(request, proposal, document, form)
        if answer is not None:
            return answer
    shown = list(_shown(found, place_of(proposal), document, form.ticked if form.is_bound else []))
    return form_page(request, "split", proposal, form, clauses=shown, document=document)


def _document(proposal: Proposal) -> dict[str, Any] | None:
    if proposal.kind == Kind.DOCUMENT:
        return proposal.content
    return proposal.content.get("document") if proposal.kind == Kind.PACKAGE else None


def _choices(proposal: Proposal) -> list[tuple[str, str]]:
    """This package's own scheme, or a new one, before those on record."""
    own = _("这个草案的事项") if proposal.kind == Kind.PACKAGE else _("一个新事项（接着一页一页地做）")
    taken = proposal.content.get("own", {}).get("code") if proposal.kind == Kind.PACKAGE else None
    return [(SELF, own), *((code, title) for code, title in scheme_choices() if code != taken)]


def _tie(request: HttpRequest, proposal: Proposal, document: dict[str, Any], form: TickedForm) -> HttpResponse | None:
    """Tie the ticked clauses; None when the draft was saved elsewhere meanwhile."""
    new = [one for one in form.content() if not _is_there(document, one)]
    if proposal.kind == Kind.PACKAGE:
        package = Package.of(proposal.content)
        own = [one for one in new if one["scheme"] == SELF]
        others = [one for one in new if one["scheme"] != SELF]
        package = with_entries(package, "clauses", [*package.clauses, *own])
        document = {**(package.document or {}), "clauses": [*(package.document or {})["clauses"], *others]}
        changed = Package(package.own, document, package.values, package.cases, package.base)
        return _told(request, "policy_work:build", proposal) if saved(request, proposal, changed, form) else None
    if form.cleaned_data["scheme"] == SELF:
        package_draft = take_over(request.user, proposal, new, timezone.now())
        return _told(request, "policy_work:build", package_draft)
    content = document | {"clauses": [*document.get("clauses", ()), *new]}
    draft = Draft(Kind.DOCUMENT, content, division=proposal.division_id)
    try:
        policy_desk.change(request.user, proposal.pk, draft, edition_of(request), timezone.now())
    except Conflict as refusal:
        form.add_error(None, refusal.message)
        return None
    return _told(request, "policy_work:proposal", proposal)


def _told(request: HttpRequest, to: str, proposal: Proposal) -> HttpResponse:
    messages.success(request, _("已选定条款。措辞和责任单位可以逐条修改。"))
    return redirect(to, proposal.pk)


def _is_there(document: dict[str, Any], clause: dict[str, Any]) -> bool:
    key = (clause["scheme"], clause["clause"])
    return key in {(one["scheme"], one["clause"]) for one in document.get("clauses", ())}


# ------------------------------------------------------------------ comparing


def _shown(found: list[Clause], division: Division, document: dict[str, Any], ticked: list[int]) -> Any:
    """Each clause with its likely strength and what is most like it above and elsewhere."""
    above = [code for code in division.lineage if code != division.pk]
    on_record = records(division.pk, above, document.get("code", ""))
    titles = {version.scheme_id: str(version.definition.title) for version in current_versions()}
    tied: dict[str, list[str]] = {}
    for one in document.get("clauses", ()):
        title = _("这个草案的事项") if one["scheme"] == SELF else titles.get(one["scheme"], one["scheme"])
        tied.setdefault(one["clause"], []).append(title)
    strengths = dict(PolicyClause.Strength.choices)
    for place, clause in enumerate(found):
        labels = {"above": _("上级"), "own": _("本地"), "elsewhere": _("其他地区")}
        yield {
            "index": place,
            "clause": clause,
            "ticked": place in ticked,
            "tied": tied.get(clause.place, []),
            "strength": strengths[strength_of(clause.text)],
            "matches": [_match(labels[whose], record, clause, titles) for whose, record in on_record.items()],
        }


def _match(label: str, record: Record, clause: Clause, titles: dict[str, str]) -> dict[str, Any]:
    match: Match | None = record.best(clause.text)
    if match is None:
        return {"label": label, "match": None}
    return {
        "label": label,
        "match": match,
        "percent": f"{match.percent}%",
        "scheme": titles.get(match.clause.scheme, match.clause.scheme),
        "pieces": differences(match.before, match.text),
    }
