"""One person of a roster: consent, what waits, applications, taking them off."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import chain
from helping.forms.standing import ConsentForm
from helping.forms.village import StartForm
from helping.models import Mandate, Villager
from helping.rosters import access, keeping, starting, todo
from helping.standing import record_consent, shown, texts
from helping.standing.asking import HELPING_ROLES
from people.access import official_required
from people.forms import tried
from people.masking import masked_id
from people.vault import decrypt

FORM = ["GET", "HEAD", "POST"]


@official_required(*HELPING_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest, villager: uuid.UUID) -> HttpResponse:
    """What is on record and what waits."""
    at = timezone.now()
    found = access.villager_of(request.user, villager, at)
    return _page(request, found, _start_form(found))


def _start_form(villager: Villager, data: Any = None) -> StartForm:
    return StartForm(starting.schemes_for(villager, timezone.localdate()), data)


def _page(request: HttpRequest, villager: Villager, form: StartForm, status: int = 200) -> HttpResponse:
    at, user, person = timezone.now(), request.user, villager.person
    chain.record_read(user.username, "villager.read", data={"villager": str(villager.public_id)})
    row = todo.rows_of(user, [villager], at)[0]
    context = {
        "villager": villager,
        "roster": villager.roster,
        "id_number": masked_id(decrypt(person.data_key, bytes(person.id_number), "id_number")),
        "phone": keeping.phone_of(villager),
        "row": row,
        "help": shown.help_of(row.mandate, at) if row.mandate else None,
        "form": form,
        "today": timezone.localdate(at),
    }
    return render(request, "helping/rosters/villager.html", context, status=status)


@official_required(*HELPING_ROLES)
@never_cache
@require_http_methods(FORM)
def consent(request: HttpRequest, villager: uuid.UUID) -> HttpResponse:
    """Record how the person agreed to be helped by this clerk."""
    at, user = timezone.now(), request.user
    found = access.villager_of(user, villager, at)
    form = ConsentForm(*((request.POST, request.FILES) if request.method == "POST" else ()))

    def keep(_given: dict[str, Any]) -> Mandate:
        terms = form.terms(user, found.roster.office, Mandate.Kind.VILLAGE)
        return record_consent(user, found.person, terms, at)

    came = tried(request, form, keep)
    if came.done:
        messages.success(request, _("本人的同意已经登记。"))
        return redirect("helping:villager", villager)
    context = {"villager": found, "form": form, "text": texts.current()}
    return render(request, "helping/rosters/consent.html", context, status=came.status)


@official_required(*HELPING_ROLES)
@never_cache
@require_POST
def start(request: HttpRequest, villager: uuid.UUID) -> HttpResponse:
    """Begin an application with what is known filled in, and go on to its form."""
    at = timezone.now()
    found = access.villager_of(request.user, villager, at)
    form = _start_form(found, request.POST)
    came = tried(request, form, lambda given: starting.begin(request.user, villager, given["scheme"], at))
    if came.done:
        return redirect("applications:resume", came.result.public_id)
    return _page(request, found, form, came.status)


@official_required(*HELPING_ROLES)
@never_cache
@require_POST
def remove(request: HttpRequest, villager: uuid.UUID) -> HttpResponse:
    """Take the person off the roster."""
    found = access.villager_of(request.user, villager, timezone.now())
    keeping.remove(request.user, villager, timezone.now())
    messages.success(request, _("已经从名册里移出。已经开始的申请不受影响。"))
    return redirect("helping:roster", found.roster_id)
