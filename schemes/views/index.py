"""政策: every scheme, in every division whose documents are on record or that the reader asks for."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from people.models import Division
from schemes.definition import SchemeDefinition
from schemes.forms import PlaceForm
from schemes.models import current_versions
from schemes.standing import IN_FORCE, Standing, divisions_with_policy, find_divisions, standings, without_clause
from schemes.views.words import full_names, period_of, tag_of

GROUPS: dict[str, Promise] = {
    "apply": _("个人和家庭可以申请的"),
    "institution": _("机构可以申请的"),
    "refer": _("转交其他机关办理的"),
    "inform": _("只作说明、不用申请的"),
}
# So few schemes are shown with their tables open.
OPEN_AT_ONCE = 3


@dataclass(frozen=True)
class Offer:
    """One scheme and its rows: division, document, clause, period, state. `places` is where it is in force."""

    definition: SchemeDefinition
    rows: list[dict]
    places: int


@dataclass(frozen=True)
class Group:
    """Schemes that are offered in the same way."""

    title: str
    offers: list[Offer]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The list; `q` for the divisions found, `s` for the schemes whose name holds it. No sign-in, nobody's data."""
    form = PlaceForm(request.GET or None)
    asked, named = (form.cleaned_data[name].strip() for name in "qs") if form.is_valid() else ("", "")
    divisions = find_divisions(asked) if asked else divisions_with_policy()
    today = timezone.localdate()
    found = [offer for offer in offers(divisions, today) if named in str(offer.definition.title)]
    context = {
        "form": form,
        "asked": asked or named,
        "found": divisions,
        "groups": grouped(found),
        "open": len(found) <= OPEN_AT_ONCE,
        "today": today,
    }
    return render(request, "schemes/index.html", context)


def grouped(found: list[Offer]) -> list[Group]:
    """The schemes by how they are offered; groups without any are left out."""
    groups = [
        Group(str(title), [offer for offer in found if offer.definition.offered_as == kind])
        for kind, title in GROUPS.items()
    ]
    return [group for group in groups if group.offers]


def offers(divisions: list[Division], on: date) -> list[Offer]:
    """Every published scheme with its standing in each division."""
    names, known = full_names(divisions), standings(divisions, on)
    return [
        Offer(
            version.definition,
            [_row(version.scheme_id, each, names) for each in standing],
            sum(each.state == IN_FORCE for each in standing),
        )
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
