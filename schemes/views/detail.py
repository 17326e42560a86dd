"""One scheme in one division on one day: clauses word for word, values and where they come from, route, versions."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.models import Division
from people.refusals import NotFound
from schemes.forms import DayForm
from schemes.models import CaseBook, PolicyClause, PolicyDocument, PolicyValue, SchemeVersion, current_version
from schemes.standing import IN_FORCE, Standing, ValueInForce, clauses_of, values_of
from schemes.views.words import full_names, period_of, span, tag_of
from schemes.words.route_words import steps_of
from schemes.words.scheme_values import SchemeValues


@dataclass(frozen=True)
class ShownClause:
    """A clause, its document and where that comes from."""

    clause: PolicyClause
    period: str
    place: str
    inherited: bool


@dataclass(frozen=True)
class ShownValue:
    """A value in words, the row it stands on, and those it takes the place of."""

    label: str
    words: str
    row: PolicyValue
    place: str
    period: str
    inherited: bool
    replaced: tuple["ShownValue", ...] = ()


@require_safe
def show(request: HttpRequest, scheme: str, division: str) -> HttpResponse:
    """The page; `on` chooses the day, today without it. No sign-in, nobody's data."""
    version, place = current_version(scheme), Division.objects.filter(pk=division).select_related("successor").first()
    if version is None or place is None:
        raise NotFound()
    place = place.successor or place
    form, on = _day(request)
    standing = clauses_of(scheme, place, on)
    values = values_of(scheme, place, on) if standing.state == IN_FORCE else {}
    context = {
        "scheme": version.definition,
        "place": full_names([place])[place.pk],
        "division": place.pk,
        "form": form,
        "on": on,
        "tag": tag_of(standing),
        "state": standing.state,
        "clauses": _clauses(standing, place),
        "values": _values(version, values, place),
        "examples": _examples(version, values) if standing.state == IN_FORCE else [],
        "exports": PolicyDocument.objects.filter(division=place).exists(),
        "steps": steps_of(version.definition, place),
        "cases": CaseBook.objects.filter(version=version).exists(),
        "versions": version.scheme.versions.order_by("-number"),
    }
    return render(request, "schemes/detail.html", context)


def _day(request: HttpRequest) -> tuple[DayForm, date]:
    """The day asked for: three boxes, or one whole date in the address."""
    data = request.GET.dict()
    if "on" in data:
        data["on_year"] = data.pop("on")
    form = DayForm(data if data else None, initial={"on": timezone.localdate()})
    chosen = form.cleaned_data.get("on") if form.is_valid() else None
    return form, chosen or timezone.localdate()


def _clauses(standing: Standing, place: Division) -> list[ShownClause]:
    names = full_names([clause.document.division for clause in standing.clauses])
    return [
        ShownClause(
            clause=clause,
            period=period_of(clause.document),
            place=names[clause.document.division_id],
            inherited=clause.document.division_id != place.pk,
        )
        for clause in standing.clauses
    ]


def _values(version: SchemeVersion, values: dict[str, ValueInForce], place: Division) -> list[ShownValue]:
    """In the order the scheme names them."""
    order = [*version.definition.policy_values, *sorted(set(values) - set(version.definition.policy_values))]
    rows = [row for one in values.values() for row in (one.value, *one.replaced)]
    names, words = full_names([row.division for row in rows]), SchemeValues(version.definition)

    def shown(row: PolicyValue, *replaced: PolicyValue) -> ShownValue:
        return _shown(row, words, names, place, tuple(map(shown, replaced)))

    return [shown(values[name].value, *values[name].replaced) for name in order if name in values]


def _examples(version: SchemeVersion, values: dict[str, ValueInForce]) -> list[dict[str, str]]:
    """The scheme's own examples where no place has published a value."""
    words = SchemeValues(version.definition)
    return [
        {"label": words.label(one.name), "words": words.words(one.name, one.value), "note": one.note}
        for one in version.definition.examples
        if one.name not in values
    ]


def _shown(
    row: PolicyValue, words: SchemeValues, names: dict[str, str], place: Division, replaced: tuple[ShownValue, ...]
) -> ShownValue:
    return ShownValue(
        label=words.label(row.name),
        words=words.words(row.name, row.value),
        row=row,
        place=names[row.division_id],
        period=span(row.valid_from, row.valid_to),
        inherited=row.division_id != place.pk,
        replaced=replaced,
    )
