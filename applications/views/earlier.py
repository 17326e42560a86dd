"""Before the first question: may what was told and handed in before be used again?"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications.forms.reuse import EarlierForm
from applications.own import Act
from applications.readback import Places, in_words, places_in
from applications.reuse import taking
from applications.reuse.sources import Earlier, Handed, Told, earlier_of
from applications.reuse.words import where_from
from applications.states import State
from applications.views.desk import Desk, applicant_page, applicant_render, open_desk, token_of
from people.masking import masked_name
from people.refusals import Conflict, NotFound

WHO = "who"
SKIP = "skip"


@applicant_page("GET", "POST")
def earlier(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whose earlier applications (of several people), then what would be taken over, each with its case and day."""
    desk = open_desk(request.user, public_id)
    if desk.application.state != State.DRAFT or SKIP in request.POST:
        return redirect("applications:resume", public_id)
    desk.require(Act.EDIT)
    found = earlier_of(desk.user, desk.application, desk.now)
    chosen = _chosen(request, found)
    if not found:
        return redirect("applications:resume", public_id)
    if chosen is None:
        return _render(request, desk, {"people": [_person(one) for one in found]})
    form = EarlierForm(chosen, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        return _take(request, desk, chosen, form)
    return _render(request, desk, _shown(chosen, form))


def _chosen(request: HttpRequest, found: list[Earlier]) -> Earlier | None:
    """The one asked for, or the only one; None where one has to be chosen. Raises NotFound."""
    key = request.POST.get(WHO) or request.GET.get(WHO, "")
    if key:
        chosen = next((one for one in found if one.key == key), None)
        if chosen is None:
            raise NotFound()
        return chosen
    if request.method == "POST" and found:
        raise NotFound()
    return found[0] if len(found) == 1 else None


def _take(request: HttpRequest, desk: Desk, chosen: Earlier, form: EarlierForm) -> HttpResponse:
    if not form.is_valid():
        return _render(request, desk, _shown(chosen, form), 422)
    try:
        taking.take(desk.user, desk.public_id, chosen.key, desk.now, version=token_of(request), **form.takes)
    except Conflict as conflict:
        errors = [{"message": str(conflict.message)}]
        return _render(request, desk.reopened(), _shown(chosen, form) | {"errors": errors}, 409)
    messages.success(request, _("已经带过来了。请逐项核对，有变化的请改。"))
    return redirect("applications:resume", desk.public_id)


def _render(request: HttpRequest, desk: Desk, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    blank = {"form": None, "errors": [], "people": [], "answers": [], "papers": []}
    context = {"application": desk.application, "scheme": desk.application.definition, **blank, **shown}
    return applicant_render(request, "applications/earlier.html", context, status=status)


def _shown(chosen: Earlier, form: EarlierForm) -> dict[str, Any]:
    told = {one.question.name: one.value for one in chosen.answers}
    places = places_in((one.question for one in chosen.answers), told)
    return {
        "form": form,
        "who": chosen.key,
        "name": _name(chosen),
        "answers": [_answer(one, places) for one in chosen.answers],
        "papers": [_paper(one) for one in chosen.papers],
        "skip": SKIP,
    }


def _answer(one: Told, places: Places) -> dict[str, Any]:
    if one.question.kind == "name":
        value = masked_name(one.value)
    else:
        value = in_words(one.question, one.value, places, masked=True)
    return {"label": one.question.label, "value": value, "source": where_from(one.source)}


def _paper(one: Handed) -> dict[str, Any]:
    return {"label": one.paper.label, "count": len(one.files), "source": where_from(one.source)}


def _person(one: Earlier) -> dict[str, Any]:
    return {"name": _name(one), "url": f"?{WHO}={one.key}", "source": where_from(one.latest)}


def _name(one: Earlier) -> str:
    """An organisation's name is public, a person's is masked."""
    return one.latest.applicant_name if one.latest.by_organisation else masked_name(one.latest.applicant_name)
