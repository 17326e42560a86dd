"""What can be applied for, and where: open to everyone. Beginning an application needs signing in."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import actions, own, told_before
from applications.carrying import Carried, carried_into, in_sentence
from applications.durations import duration_for
from applications.explained import amount_label
from applications.finding import Questioning
from applications.forms.declarations import LONGEST_SEARCH, OWN, PlaceForm, SchemesForm, StartForm, start_form
from applications.listing import WHO, narrowed, ways_of
from applications.localities import counties
from applications.models import Application
from applications.offers import Offer, offer_of, offers_anywhere, offers_in
from applications.policy_words import figures_of
from applications.reuse import taking
from applications.reuse.sources import has_earlier
from applications.states import State
from applications.views.desk import applicant_render
from applications.whereabouts import days_in_words
from people.models import Division
from people.refusals import Conflict, NotFound
from schemes.definition import SchemeDefinition
from schemes.models import current_version
from schemes.policies import resolve_for
from schemes.rules.conditions import POLICY, Condition
from schemes.words.condition_words import condition_words

SAME_PRESS = timedelta(minutes=1)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every scheme by how one comes to it; with a county chosen, how it stands there and whom to ask."""
    county = chosen_county(request)
    who, text = request.GET.get("who", ""), request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    who = who if who in WHO else ""
    offers = narrowed(_offers(county), who, text)
    initial = {"division": county.pk if county else "", "who": who, "q": text}
    context = {
        "form": SchemesForm(counties(), initial=initial),
        "county": county,
        "ways": ways_of(offers),
        "found": len(offers),
        "narrowed": bool(who or text),
        "query": f"?{urlencode({'division': county.pk})}" if county else "",
    }
    return applicant_render(request, "applications/apply.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest, scheme: str) -> HttpResponse:
    """Who, what, which papers, which steps, how much; sending the page begins a draft (for whoever is signed in)."""
    version = current_version(scheme)
    if version is None:
        raise NotFound()
    county = chosen_county(request)
    if request.method == "POST":
        return _begin(request, version.definition, county)
    words = in_sentence(_carried(request, version.definition))
    form = start_form(version.definition, initial={"for_whom": OWN}, carried=words)
    return _render_guide(request, version.definition, county, form)


def chosen_county(request: HttpRequest) -> Division | None:
    """The county in the address or the form, None where none (or an unknown one) is given."""
    code = request.POST.get("division") or request.GET.get("division") or ""
    if not (code.isascii() and code.isdecimal()):
        return None
    return Division.objects.filter(pk=code, level=Division.Level.COUNTY).select_related("parent").first()


def _place_form(county: Division | None, scheme: str) -> PlaceForm:
    return PlaceForm(counties(scheme=scheme), initial={"division": county.pk if county else ""})


def _offers(county: Division | None) -> list[Offer]:
    if county is not None:
        return offers_in(county.pk, timezone.localdate())
    return offers_anywhere()


def _begin(request: HttpRequest, definition: SchemeDefinition, county: Division | None) -> HttpResponse:
    if not definition.can_be_filed:
        raise Conflict(_("这个事项不用申请。请看办事指南，有不清楚的请打电话询问。"), code="inform_only")
    if not request.user.is_authenticated:
        back = request.get_full_path()
        return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
    now = timezone.now()
    offer = offer_of(definition, county.pk, timezone.localdate(now)) if county is not None else None
    if offer is not None and not offer.is_open:
        text = _("这里还没有开通网上申请，请向%(office)s咨询。") % {"office": definition.ask_at}
        raise Conflict(offer.told or text, code="not_open")
    carried = _carried(request, definition)
    form = start_form(definition, request.POST, carried=in_sentence(carried))
    if not form.is_valid():
        return _render_guide(request, definition, county, form, 422)
    draft = _untouched(request, definition, form.for_other, now)
    draft = draft or actions.begin(request.user, definition.code, now, for_other=form.for_other)
    if carried and form.carries:
        taking.take_told(request.user, draft.public_id, {one.question.name: one.value for one in carried}, now)
    known = has_earlier(request.user, draft, now)
    return redirect("applications:earlier" if known else "applications:resume", draft.public_id)


def _carried(request: HttpRequest, definition: SchemeDefinition) -> list[Carried]:
    """What was answered before that a question of the scheme asks for, for whoever is signed in."""
    typed = told_before.read(request) if request.user.is_authenticated and definition.can_be_filed else {}
    if not typed:
        return []
    today = timezone.localdate()
    return carried_into(definition, Questioning(typed, today).answers, today)


def _untouched(
    request: HttpRequest, definition: SchemeDefinition, for_other: bool, now: datetime
) -> Application | None:
    """A draft of the same thing in which nothing was saved yet, or which was begun a moment ago: pressing the button
    twice makes one draft. One that was begun under an older version of the scheme is left alone: who begins now begins
    under the present one.
    """
    fresh = Q(version=0) | Q(created_at__gte=now - SAME_PRESS)
    drafts = Application.objects.filter(
        fresh,
        filed_by=request.user,
        state=State.DRAFT,
        scheme_code=definition.code,
        for_other=for_other,
        continues=None,
    )
    return drafts.filter(scheme_version=current_version(definition.code)).order_by("-pk").first()


def _render_guide(
    request: HttpRequest, definition: SchemeDefinition, county: Division | None, form: StartForm, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    offer = offer_of(definition, county.pk, today) if county else None
    context = {
        "scheme": definition,
        "told_only": not definition.can_be_filed or (offer is not None and offer.standing == "inform"),
        "county": county,
        "duration": duration_for(definition.code, county),
        "place_form": _place_form(county, definition.code),
        "offer": offer,
        "has_sum": bool(amount_label(definition)),
        "form": form,
        "drafts": _drafts(request, definition),
        "steps": [_step(stage) for stage in definition.stages],
        **_policy_context(definition, county, today),
    }
    return applicant_render(request, "applications/guide.html", context, status=status)


def _policy_context(definition: SchemeDefinition, county: Division | None, today: date) -> dict[str, Any]:
    if county is None:
        return {"figures": [], "clauses": (), **_needs(definition, {})}
    policy = resolve_for(definition, county.pk, today)
    figures = figures_of(policy, definition)
    return {
        "figures": figures,
        "some_assumed": any(figure.assumed for figure in figures),
        "clauses": policy.clauses,
        **_needs(definition, policy.plain_values),
    }


def _needs(definition: SchemeDefinition, policy: Mapping[str, Any]) -> dict[str, Any]:
    """What must be true and which papers are asked for, without what the policy of the place does not ask."""
    values = {POLICY + name: value for name, value in policy.items()}
    rules = [rule for rule in definition.requirements if _may_hold(rule.applies_when, values)]
    return {
        "rules": [rule.label.in_language(get_language() or "") for rule in rules],
        "papers": [
            {"paper": paper, "when": _when(definition, paper.shown_when, values)}
            for paper in definition.papers_asked
            if _may_hold(paper.shown_when, values)
        ],
    }


def _when(definition: SchemeDefinition, condition: Condition | None, values: Mapping[str, Any]) -> str:
    """In which case something is asked for; "" where it is asked of everybody there."""
    if condition is None or (values.keys() >= set(condition.names())):
        return ""
    if all(name.startswith(POLICY) for name in condition.names()):
        return _("部分地方要求")
    return condition_words(definition, condition)


def _may_hold(condition: Condition | None, values: Mapping[str, Any]) -> bool:
    """False only where the policy values alone settle it: what depends on answers, or on a place not chosen, may."""
    if condition is None or not values.keys() >= set(condition.names()):
        return True
    return condition.holds(values)


def _drafts(request: HttpRequest, definition: SchemeDefinition) -> list[Application]:
    """Drafts of the same scheme that wait to be finished."""
    if not request.user.is_authenticated:
        return []
    drafts = own.cases_of(request.user).filter(state=State.DRAFT, scheme_code=definition.code)
    return list(drafts.exclude(version=0).order_by("-pk")[:3])


def _step(stage: Any) -> dict[str, str]:
    promised = days_in_words(stage.days, stage.day_kind)
    if stage.legal_days not in (None, stage.days):
        legal = days_in_words(stage.legal_days, stage.day_kind)
        promised = _("%(promised)s（法定时限%(legal)s）") % {"promised": promised, "legal": legal}
    return {"label": str(stage.public_label), "days": promised}
