"""政策参数: the values of a scheme in a place, and the form that drafts one."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.joining import aside
from people.models import Division
from people.refusals import Conflict, Invalid, NotFound
from schemes.models import PolicyClause, PolicyValue, Proposal, SchemeVersion
from schemes.publication import policy_desk
from schemes.standing import nearest_first
from schemes.views.words import full_names, span
from schemes.views.work.shared import (
    editors_only,
    place_choices,
    place_for_editing,
    scheme_choices,
    version_of,
)
from schemes.words.scheme_values import SchemeValues
from schemes.words.value_history import ValueNow, value_now, values_now
from schemes.work_forms import PlaceAndSchemeForm, ValueForm

Kind, Basis = Proposal.Kind, PolicyValue.Basis


@editors_only
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Choose scheme and place; then every value of it with what holds now."""
    at = timezone.now()
    places = place_choices(request.user, at)
    form = PlaceAndSchemeForm(request.GET or None, schemes=scheme_choices(), places=places)
    context: dict[str, Any] = {"form": form, "shown": []}
    if form.is_valid():
        version = version_of(form.cleaned_data["scheme"])
        place = place_for_editing(request.user, form.cleaned_data["division"], at)
        context |= {
            "scheme": version.definition,
            "place": full_names([place])[place.pk] or place.label,
            "division": place.pk,
            "shown": [shown_value(version, value, place) for value in values_now(version, place, timezone.localdate())],
        }
    return render(request, "schemes/work/values.html", context)


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, scheme: str, division: str, name: str) -> HttpResponse:
    """A new draft of a value; `confirm` asks for the document that states an example."""
    at = timezone.now()
    place, version = place_for_editing(request.user, division, at), version_of(scheme)
    now = value_now(version, place, name, timezone.localdate(at))
    if now is None:
        raise NotFound()
    initial = _initial(now, place, confirm="confirm" in request.GET)
    return _form_page(request, version, place, now, initial, None)


def edit(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Change one's draft of a value."""
    version, content = version_of(str(proposal.scheme_id)), proposal.content
    now = value_now(version, proposal.division, content["name"], timezone.localdate())
    if now is None:
        raise NotFound()
    initial = {"raw": content["value"], "clause": str(proposal.clause_id), "edition": proposal.edition}
    initial |= {key: content[key] for key in ("basis", "note", "valid_from", "valid_to")}
    return _form_page(request, version, proposal.division, now, initial, proposal)


def _form_page(
    request: HttpRequest,
    version: SchemeVersion,
    place: Division,
    now: ValueNow,
    initial: dict[str, Any],
    proposal: Proposal | None,
) -> HttpResponse:
    values = SchemeValues(version.definition)
    if initial.get("raw") is not None:
        initial |= values.input(now.name).shown(initial["raw"])
    form = ValueForm(
        request.POST or None,
        initial=initial,
        values=values,
        name=now.name,
        clauses=clauses_for(version.scheme_id, place),
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, form, version.scheme_id, place, now, proposal)
        except Invalid as refusal:
            form.show(refusal.errors)
        except Conflict as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("policy_work:proposal", saved.pk)
    context = {
        "form": form,
        "scheme": version.definition,
        "place": full_names([place])[place.pk] or place.label,
        "label": values.label(now.name),
        "now": shown_value(version, now, place),
        "proposal": proposal,
        "back_url": _back(version.scheme_id, place.pk, proposal),
        "edition": request.POST.get("edition", initial.get("edition", "")),
    }
    return render(request, "schemes/work/value.html", context, status=422 if form.errors else 200)


def _back(scheme: str, division: str, proposal: Proposal | None) -> str:
    """To the draft, or to the values of the scheme in that place."""
    if proposal is not None:
        return reverse("policy_work:proposal", args=[proposal.pk])
    return f"{reverse('policy_work:values')}?{urlencode({'scheme': scheme, 'division': division})}"


def _save(
    request: HttpRequest,
    form: ValueForm,
    scheme: str,
    place: Division,
    now: ValueNow,
    proposal: Proposal | None,
) -> Proposal:
    value, at = form.draft(scheme, place.pk), timezone.now()
    confirms = now.assumed and value.basis == Basis.STATED
    drafted = value.draft(Kind.CONFIRMATION if confirms else Kind.VALUE)
    if proposal is None:
        return policy_desk.begin(request.user, drafted, at)
    return policy_desk.change(request.user, proposal.pk, drafted, edition_of(request), at)


def edition_of(request: HttpRequest) -> int:
    """The edition of the draft the form was made from; 0 when it does not say."""
    text = request.POST.get("edition", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _initial(now: ValueNow, place: Division, *, confirm: bool) -> dict[str, Any]:
    """What the form begins with: the present value; of one to be confirmed also its days."""
    row = now.present.value if now.present else None
    initial: dict[str, Any] = {}
    if row is not None:
        initial["raw"] = row.value
    elif now.example is not None:
        initial["raw"] = now.example.value
    if confirm:
        initial["basis"] = Basis.STATED
        if row is not None and row.division_id == place.pk:
            initial |= {"valid_from": row.valid_from, "valid_to": row.valid_to}
    return initial


def clauses_for(scheme: str, place: Division) -> dict[PolicyClause, str]:
    """The clauses a value may rest on: of the place and of those above it, nearest first, each in words."""
    line = nearest_first(place)
    rows = PolicyClause.objects.filter(scheme=scheme, document__division__in=line).select_related("document__division")
    clauses = sorted(rows, key=lambda clause: (line.index(clause.document.division_id), -clause.pk))
    return {
        clause: f"{clause.document.label} {clause.clause}{aside(clause.document.division.name)}" for clause in clauses
    }


def shown_value(version: SchemeVersion, now: ValueNow, place: Division) -> dict[str, Any]:
    """A value as the desk shows it: in words, with its source, what it overrides and what follows."""
    values, present = SchemeValues(version.definition), now.present
    rows = [*([present.value, *present.replaced] if present else []), *now.own]
    names = full_names([row.division for row in rows])
    today = timezone.localdate()
    return {
        "name": now.name,
        "label": values.label(now.name),
        "assumed": now.assumed,
        "words": values.words(now.name, present.value.value) if present else "",
        "row": present.value if present else None,
        "source": names[present.value.division_id] if present else "",
        "inherited": bool(present and present.value.division_id != place.pk),
        "period": span(present.value.valid_from, present.value.valid_to) if present else "",
        "replaced": [
            {"words": values.words(now.name, row.value), "place": names[row.division_id], "row": row}
            for row in (present.replaced if present else ())
        ],
        "example": values.words(now.name, now.example.value) if now.example and not present else "",
        "example_note": now.example.note if now.example and not present else "",
        "later": [_later(values, row, today) for row in now.own if row.valid_from > today],
        "under_way": now.under_way,
    }


def _later(values: SchemeValues, row: PolicyValue, today: date) -> dict[str, str]:
    return {"words": values.words(row.name, row.value), "period": span(row.valid_from, row.valid_to)}
