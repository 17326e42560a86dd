"""依据对照: every document, what rests on its clauses, and the way back from a scheme. Open to everybody."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.refusals import NotFound
from schemes.forms import TraceForm
from schemes.models import PolicyClause, PolicyDocument
from schemes.publication.untied import untied_paragraphs
from schemes.standing import divisions_with_policy
from schemes.tracing import (
    Rests,
    TracedValue,
    Tracing,
    clauses_on_record,
    letters_sent,
    rules_of,
    traced,
)
from schemes.views.words import full_names, period_of, span
from schemes.words.version_labels import CODES, LETTERS


@dataclass(frozen=True)
class Passage:
    """A clause word for word, and what rests on it for each scheme it is about."""

    clause: PolicyClause
    rests: tuple[Rests, ...]

    @property
    def assumed(self) -> int:
        """How many values that no document states rest on it."""
        return sum(one.assumed for one in self.rests)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All documents and schemes with their counts, for all divisions or one, or only where something is assumed."""
    places = divisions_with_policy()
    names = full_names(places)
    form = TraceForm(request.GET or None, places=[(place.pk, names[place.pk] or place.label) for place in places])
    asked = form.cleaned_data if form.is_valid() else {}
    rests = Tracing().rests_on_all(_clauses(asked))
    if asked.get("assumed"):
        rests = [one for one in rests if one.assumed]
    context = {
        "form": form,
        "documents": _documents(rests, names),
        "schemes": _schemes(rests),
        "clauses": len({(one.clause.document_id, one.clause.clause, one.clause.text) for one in rests}),
        "assumed": sum(one.assumed for one in rests),
    }
    return render(request, "schemes/trace/index.html", context)


def _clauses(asked: dict[str, Any]) -> Iterable[PolicyClause]:
    rows = clauses_on_record()
    return rows.filter(document__division=asked["place"]) if asked.get("place") else rows


def _documents(rests: list[Rests], names: dict[str, str]) -> list[dict[str, Any]]:
    """One row a document: what it holds and how much of it is assumed."""
    grouped = defaultdict(list)
    for one in rests:
        grouped[one.clause.document].append(one)
    return [
        {
            "document": document,
            "place": names.get(document.division_id, ""),
            "period": period_of(document),
            "clauses": len({(one.clause.clause, one.clause.text) for one in found}),
            "schemes": len({one.clause.scheme_id for one in found}),
            "assumed": sum(one.assumed for one in found),
        }
        for document, found in grouped.items()
    ]


def _schemes(rests: list[Rests]) -> list[dict[str, Any]]:
    """One row a scheme: how it is offered, where it has clauses, how much is assumed."""
    grouped = defaultdict(list)
    for one in rests:
        grouped[one.clause.scheme_id].append(one)
    rows = [
        {
            "code": code,
            "title": found[0].title,
            "offered": list(dict.fromkeys(one.offered for one in found)),
            "places": len({one.clause.document.division_id for one in found}),
            "clauses": len(found),
            "assumed": sum(one.assumed for one in found),
        }
        for code, found in grouped.items()
    ]
    return sorted(rows, key=lambda row: row["title"])


@require_safe
def document(request: HttpRequest, code: str) -> HttpResponse:
    """One document: each clause and what rests on it; the paragraphs nothing rests on. `assumed=1` narrows it."""
    found = PolicyDocument.objects.select_related("division").filter(pk=code).first()
    if found is None:
        raise NotFound()
    only_assumed = request.GET.get("assumed") == "1"
    clauses = list(clauses_on_record().filter(document=found))
    passages = _passages(Tracing({clause.scheme_id for clause in clauses}).rests_on_all(clauses))
    shown = [one for one in passages if one.assumed] if only_assumed else passages
    context = {
        "document": found,
        "place": full_names([found.division])[found.division_id] or found.division.label,
        "period": period_of(found),
        "passages": shown,
        "assumed": sum(one.assumed for one in passages),
        "only_assumed": only_assumed,
        "untied": [] if only_assumed else untied_paragraphs(found.text, [clause.text for clause in clauses]),
    }
    return render(request, "schemes/trace/document.html", context)


def _passages(rests: list[Rests]) -> list[Passage]:
    """The same words are shown once, with all the schemes that rest on them."""
    grouped: dict[tuple[str, str], list[Rests]] = defaultdict(list)
    for one in rests:
        grouped[one.clause.clause, one.clause.text].append(one)
    return [Passage(found[0].clause, tuple(found)) for found in grouped.values()]


@require_safe
def scheme(request: HttpRequest, code: str) -> HttpResponse:
    """The way back: from the rules, values and letters of a scheme to the clauses they rest on."""
    tracing = Tracing({code})
    definition = tracing.definitions.get(code)
    if definition is None:
        raise NotFound()
    clauses = list(clauses_on_record().filter(scheme=code))
    names = full_names([clause.document.division for clause in clauses])
    rests = tracing.rests_on_all(clauses)
    context = {
        "code": code,
        "title": str(definition.title),
        "offered": str(CODES["offered_as"][definition.offered_as]),
        "calculation": str(CODES["calculation"][definition.calculation]),
        "clauses": [{"rests": one, "place": names[one.clause.document.division_id]} for one in rests],
        "rules": rules_of(definition),
        "values": [_value(traced(definition, row), names) for row in tracing.values[code]],
        "examples": [
            {"value": value, "place": names[one.clause.document.division_id], "clause": one.clause}
            for one in rests
            for value in one.values
            if value.row is None
        ],
        "letters": [{"title": str(LETTERS[kind]), "cites": cites} for kind, cites in letters_sent(definition).items()],
        "assumed": sum(one.assumed for one in rests),
    }
    return render(request, "schemes/trace/scheme.html", context)


def _value(value: TracedValue, names: dict[str, str]) -> dict[str, Any]:
    row = value.row
    assert row is not None
    place = names.get(row.division_id) or row.division.label
    return {"value": value, "place": place, "period": span(row.valid_from, row.valid_to)}
