"""政策: every scheme, in every division whose documents are on record or that the reader asks for."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.models import Division
from schemes.definition import SchemeDefinition
from schemes.forms import PlaceForm
from schemes.models import current_versions
from schemes.standing import Standing, divisions_with_policy, find_divisions, standings, without_clause
from schemes.views.words import full_names, period_of, tag_of


@dataclass(frozen=True)
class Offer:
    """One scheme and its rows: division, document, clause, period, state."""

    definition: SchemeDefinition
    rows: list[dict]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The list; with `q` for the divisions found. No sign-in, nobody's data."""
    form = PlaceForm(request.GET or None)
    asked = form.cleaned_data["q"].strip() if form.is_valid() else ""
    divisions = find_divisions(asked) if asked else divisions_with_policy()
    today = timezone.localdate()
    context = {"form": form, "asked": asked, "found": divisions, "offers": offers(divisions, today), "today": today}
    return render(request, "schemes/index.html", context)


def offers(divisions: list[Division], on: date) -> list[Offer]:
    """Every published scheme with its standing in each division."""
    names, known = full_names(divisions), standings(divisions, on)
    return [
        Offer(version.definition, [_row(version.scheme_id, each, names) for each in standing])
        for version in current_versions()
        for standing in [known.get(version.scheme_id) or without_clause(divisions)]
    ]


def _row(scheme: str, standing: Standing, names: dict[str, str]) -> dict:
    clause = standing.clause
    return {
        "place": names[standing.division.pk],
        "url": reverse("policy:detail", args=[scheme, standing.division.pk]),
        "document": clause.document.label if clause else "—",
        "clause": clause.clause if clause else "—",
        "period": period_of(clause.document) if clause else "—",
        "tag": tag_of(standing),
    }
