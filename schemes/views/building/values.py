"""The values of a package's place, and its letters."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.refusals import Conflict, NotFound
from schemes.building.package import Package
from schemes.definition_checks import LETTERS_OF_ALL, LETTERS_OF_KIND
from schemes.files.loading import storable
from schemes.letter_book.vocabulary import examples, meaning_of
from schemes.letters import LETTER_VARIABLES, fill
from schemes.models import PolicyClause, PolicyDocument
from schemes.rules.values import OF_EVERY_SCHEME
from schemes.texts import LocalText
from schemes.views.building.shared import draft_for, form_page, save, saved
from schemes.views.work.shared import editors_only
from schemes.words.scheme_values import SchemeValues
from schemes.words.version_labels import LETTERS
from schemes.work_forms import ValueForm
from schemes.work_forms.building.rules import LetterForm


def names_of(package: Package) -> list[str]:
    """The values of the scheme, and those every scheme may have."""
    return [*package.reading().policy_values, *sorted(OF_EVERY_SCHEME)]


@editors_only
@never_cache
@require_safe
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """Every value the scheme works with, and what the draft says of it."""
    proposal, package = draft_for(request.user, pk, timezone.now())
    words = SchemeValues(package.reading())
    rows = [_row(words, package, name) for name in names_of(package)]
    context = {"proposal": proposal, "rows": rows, "package": package, "scheme_title": package.title}
    return render(request, "schemes/building/values.html", context)


def _row(words: SchemeValues, package: Package, name: str) -> dict[str, Any]:
    value = package.value(name)
    return {
        "name": name,
        "label": words.label(name),
        "words": words.words(name, value["value"]) if value else "",
        "value": value,
        "optional": name in OF_EVERY_SCHEME,
    }


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def value(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One value: the figure, whether the document states it, its clause and days."""
    proposal, package = draft_for(request.user, pk, timezone.now())
    if name not in names_of(package):
        raise NotFound()
    words, present = SchemeValues(package.reading()), package.value(name)
    form = ValueForm(
        request.POST or None,
        initial=_initial(words, package, name, present),
        values=words,
        name=name,
        clauses=_clauses(package),
    )
    if request.method == "POST" and form.is_valid():
        others = [one for one in package.values if one["name"] != name]
        changed = replace(package, values=(*others, _content(form, package)))
        if saved(request, proposal, changed, form):
            return redirect("policy_work:build_values", pk)
    return form_page(request, "value", proposal, form, label=words.label(name))


@editors_only
@require_POST
def remove_value(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a value out of the draft."""
    proposal, package = draft_for(request.user, pk, timezone.now())
    kept = tuple(one for one in package.values if one["name"] != name)
    try:
        save(request, proposal, replace(package, values=kept))
    except Conflict as refusal:
        messages.error(request, refusal.message)
    return redirect("policy_work:build_values", pk)


def _clauses(package: Package) -> dict[PolicyClause, str]:
    """The clauses of the draft as the form of values knows them; none of them is on record yet."""
    last = (package.document or {}).get("in_force_to")
    document = PolicyDocument(in_force_to=date.fromisoformat(last) if last else None)
    return {
        PolicyClause(pk=place + 1, clause=one["clause"], document=document): one["clause"]
        for place, one in enumerate(package.clauses)
    }


def _initial(words: SchemeValues, package: Package, name: str, present: Any) -> dict[str, Any]:
    document = package.document or {}
    if present is None:
        return {"basis": "stated", "clause": "1", "valid_from": document.get("dated") or document.get("published")}
    places = [one["clause"] for one in package.clauses]
    clause = str(places.index(present["clause"]) + 1) if present["clause"] in places else ""
    found = {key: present[key] for key in ("basis", "note", "valid_from", "valid_to")}
    return found | {"raw": present["value"], "clause": clause} | words.input(name).shown(present["value"])


def _content(form: ValueForm, package: Package) -> dict[str, Any]:
    """What was typed, as the package holds it; without a last day it ends with the document."""
    drafted = form.draft("", "").draft().content
    place = int(form.cleaned_data["clause"]) - 1
    return {**drafted, "value": storable(drafted["value"]), "clause": package.clauses[place]["clause"]}


# ------------------------------------------------------------------ letters


def kinds_of(package: Package) -> list[str]:
    """The letters the scheme sends."""
    kind = str(package.own.get("benefit_kind", ""))
    return [*LETTERS_OF_KIND.get(kind, ()), *LETTERS_OF_ALL]


@editors_only
@never_cache
@require_safe
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Every letter the scheme sends: its own text or the shared one."""
    proposal, package = draft_for(request.user, pk, timezone.now())
    own, written = package.own.get("letters", {}), package.written().get("letters", {})
    rows = [
        {"kind": kind, "label": LETTERS[kind], "own": kind in own, "written": kind in written}
        for kind in kinds_of(package)
    ]
    context = {"proposal": proposal, "rows": rows, "scheme_title": package.title}
    return render(request, "schemes/building/letters.html", context)


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One letter, with a preview filled with example words."""
    proposal, package = draft_for(request.user, pk, timezone.now())
    if kind not in kinds_of(package):
        raise NotFound()
    present = package.written().get("letters", {}).get(kind, {})
    form = LetterForm(request.POST or None, package=package, entry=present)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        changed = package.with_own(letters={**package.own.get("letters", {}), kind: form.content()})
        if saved(request, proposal, changed, form):
            return redirect("policy_work:build_letters", pk)
    shown = form.content() if form.is_bound and form.is_valid() else present
    more = {"label": LETTERS[kind], "variables": _variables(), "preview": _filled(package, shown)}
    return form_page(request, "letter", proposal, form, **more)


def _variables() -> list[dict[str, Any]]:
    return [{"name": name, "words": meaning_of(name)} for name in sorted(LETTER_VARIABLES)]


def _filled(package: Package, letter: Any) -> dict[str, LocalText]:
    """Title and body with example words; nothing while there is no text."""
    title = LocalText.model_validate(package.own.get("title") or spread_of(_("本事项")))
    values = examples(LETTER_VARIABLES) | {"scheme": title}
    return {name: fill(LocalText.model_validate(text), values) for name, text in letter.items() if text}


def spread_of(words: str) -> dict[str, str]:
    """The same words for both languages, where nothing better is there yet."""
    return {"zh": words, "en": words}
