"""A list of a package: its entries, one of them, taking one away, moving one up, using shared ones."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from pydantic import ValidationError

from people.refusals import Conflict, NotFound
from schemes.building.checking import results_of
from schemes.building.package import Package
from schemes.building.sections import Entries, entries_of, unused_parts, with_entries, written_out
from schemes.files.loading import storable
from schemes.models import Proposal
from schemes.rules.requirements import Requirement
from schemes.views.building.shared import LISTS, Part, draft_for, form_page, place_of, save, saved
from schemes.views.work.shared import editors_only, place_choices
from schemes.words.condition_words import condition_words
from schemes.work_forms.building.base import DraftForm


def _part(section: str) -> Part:
    if section not in LISTS:
        raise NotFound()
    return LISTS[section]


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """The entries; a POST adds the shared ones that were ticked."""
    part = _part(section)
    proposal, package = draft_for(request.user, pk, timezone.now())
    unused = unused_parts(package, section) if part.shared else {}
    if request.method == "POST":
        chosen = [{"use": code} for code in unused if code in request.POST.getlist("use")]
        _keep(request, proposal, package, section, [*entries_of(package, section), *chosen])
        return redirect("policy_work:build_list", pk, section)
    context = {
        "proposal": proposal,
        "part": part,
        "section": section,
        "rows": [_row(package, section, place, one) for place, one in enumerate(entries_of(package, section))],
        "unused": [{"code": code, "label": label_of(one)} for code, one in unused.items()],
        "results": _results(proposal, package) if section == "cases" else [],
        "document": package.document if section == "clauses" else None,
        "scheme_title": package.title,
    }
    return render(request, "schemes/building/list.html", context)


def label_of(entry: Any) -> str:
    """What an entry is called, in the reader's language."""
    text = entry.get("title") or entry.get("label") or entry
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return text.get(language) or text.get("zh", "") if isinstance(text, dict) else str(text)


def _row(package: Package, section: str, place: int, entry: Any) -> dict[str, Any]:
    full = written_out(section, entry)
    named = {"clauses": full.get("clause", ""), "cases": full.get("name", "")}
    row = {"place": place, "label": named.get(section) or label_of(full), "shared": "use" in entry, "note": ""}
    if section == "pages":
        row["questions"] = [
            {"index": index, "label": label_of(one)} for index, one in enumerate(full.get("questions", ()))
        ]
    if section == "requirements":
        row["note"] = _condition(package, full)
    return row | ({"note": full.get("text", "")} if section == "clauses" else {})


def _condition(package: Package, entry: dict[str, Any]) -> str:
    try:
        return condition_words(package.reading(), Requirement.model_validate(entry).condition)
    except ValidationError:
        return ""


def _results(proposal: Proposal, package: Package) -> list[Any]:
    """The cases as they come out, once the definition holds together."""
    try:
        definition = package.definition()
    except ValidationError:
        return []
    return results_of(package, definition, place_of(proposal))


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: int, section: str, place: int) -> HttpResponse:
    """One entry; the place behind the last is a new one. Of a page `q` names the question."""
    part = _part(section)
    proposal, package = draft_for(request.user, pk, timezone.now())
    entries = entries_of(package, section)
    if place > len(entries):
        raise NotFound()
    present = storable(written_out(section, entries[place])) if place < len(entries) else {}
    question = _asked_for(request, present) if section == "pages" else 0
    form = _form(request, part, proposal, package, section, present, question)
    if request.method == "POST" and form.is_valid():
        made = _page(present, question, form.content()) if section == "pages" else form.content()
        changed = with_entries(package, section, [*entries[:place], made, *entries[place + 1 :]])
        if saved(request, proposal, changed, form):
            if "another" in request.POST:
                return redirect("policy_work:build_entry", pk, section, len(entries_of(changed, section)))
            return redirect("policy_work:build_list", pk, section)
    shared = place < len(entries) and "use" in entries[place]
    template = "case" if section == "cases" else "entry"
    more = {"part": part, "section": section, "is_new": place == len(entries), "shared": shared}
    return form_page(request, template, proposal, form, **more)


def _form(
    request: HttpRequest, part: Part, proposal: Proposal, package: Package, section: str, present: Any, question: int
) -> DraftForm:
    more: dict[str, Any] = {"package": package, "entry": present}
    if section == "pages":
        questions = present.get("questions", [])
        page = {"page_title": present.get("title")} if questions else {}
        more["entry"] = (questions[question] if question < len(questions) else {}) | page
    if section == "cases":
        more["places"] = _places(request, proposal, present)
    return part.form(request.POST or None, **more)


def _places(request: HttpRequest, proposal: Proposal, present: Any) -> list[tuple[str, str]]:
    """The place of the package first, then those in it; the one a case names already."""
    own = place_of(proposal).pk
    places = sorted(place_choices(request.user, timezone.now()), key=lambda pair: pair[0] != own)
    named = present.get("division")
    return places if not named or named in dict(places) else [*places, (named, named)]


def _asked_for(request: HttpRequest, page: Any) -> int:
    """The question of the page; the number behind the last is a new one."""
    text, last = request.GET.get("q", "0"), len(page.get("questions", ()))
    return min(int(text), last) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _page(page: Any, question: int, made: dict[str, Any]) -> dict[str, Any]:
    """The page with one question put in; a page of one question is called as the question is."""
    title = made.pop("page_title", None) or page.get("title") or made["label"]
    questions = list(page.get("questions", ()))
    questions[question : question + 1] = [made]
    return {"code": made["name"].replace("_", "-"), **page, "title": title, "questions": questions}


@editors_only
@require_POST
def remove(request: HttpRequest, pk: int, section: str, place: int) -> HttpResponse:
    """Take an entry out of the draft."""
    proposal, package, entries = _entry_for(request, pk, section, place)
    del entries[place]
    _keep(request, proposal, package, section, entries)
    return redirect("policy_work:build_list", pk, section)


@editors_only
@require_POST
def up(request: HttpRequest, pk: int, section: str, place: int) -> HttpResponse:
    """Put an entry before the one above it."""
    proposal, package, entries = _entry_for(request, pk, section, place)
    if place:
        entries[place - 1], entries[place] = entries[place], entries[place - 1]
        _keep(request, proposal, package, section, entries)
    return redirect("policy_work:build_list", pk, section)


def _entry_for(request: HttpRequest, pk: int, section: str, place: int) -> tuple[Proposal, Package, Entries]:
    _part(section)
    proposal, package = draft_for(request.user, pk, timezone.now())
    entries = entries_of(package, section)
    if place >= len(entries):
        raise NotFound()
    return proposal, package, entries


def _keep(request: HttpRequest, proposal: Proposal, package: Package, section: str, entries: Entries) -> None:
    """Save; who was overtaken is told, and sees the list as it is now."""
    try:
        save(request, proposal, with_entries(package, section, entries))
    except Conflict as refusal:
        messages.error(request, refusal.message)
