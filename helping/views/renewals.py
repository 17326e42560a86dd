"""恢复帮办: what waits for a colleague, bringing in a signed consent, and what the colleague says of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit import chain
from helping.forms.renewals import CONFIRM, RenewalForm, RulingForm
from helping.models import Renewal
from helping.standing import asking, renewing, texts
from helping.standing.asking import HELPING_ROLES
from helping.views import scans
from people import vault
from people.access import official_required
from people.forms import tried
from people.masking import masked_id, masked_name
from people.refusals import NotFound

FORM = ["GET", "HEAD", "POST"]
PAGE_SIZE = 20
LONGEST_KEY = 18


@official_required(*HELPING_ROLES)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits at the user's offices, the oldest first, and what was decided, the latest first; names are masked."""
    at, user = timezone.now(), request.user
    found, mine = renewing.of_offices(user, at), renewing.to_decide(user, at)
    waiting = found.filter(state=Renewal.State.WAITING).exclude(pk__in=mine.values("pk"))
    groups = [
        _group(request, _("等您核对"), mine, "mine"),
        _group(request, _("等同事核对"), waiting, "others"),
        _group(request, _("已经核对"), found.exclude(state=Renewal.State.WAITING), "decided", latest_first=True),
    ]
    chain.record_read(user.username, "renewals.listed", data={"count": sum(len(group["rows"]) for group in groups)})
    context = {"groups": groups, "may_bring": bool(asking.bodies_of(user, at))}
    return render(request, "helping/renewals/list.html", context)


def _group(
    request: HttpRequest, title: str, found: QuerySet[Renewal], name: str, *, latest_first: bool = False
) -> dict[str, Any]:
    """A page of one group by keyset: `?<name>=` is the last one seen of it."""
    seen = request.GET.get(name, "")
    if seen.isascii() and seen.isdecimal() and len(seen) <= LONGEST_KEY:
        found = found.filter(**{"pk__lt" if latest_first else "pk__gt": int(seen)})
    else:
        seen = ""
    rows = list(found.order_by("-pk" if latest_first else "pk")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    return {
        "title": title,
        "rows": [(one, masked_name(one.person.name)) for one in shown],
        "first_url": request.path if seen else "",
        "next_url": f"?{name}={shown[-1].pk}" if len(rows) > PAGE_SIZE else "",
    }


@official_required(*HELPING_ROLES)
@never_cache
@require_http_methods(FORM)
def bring(request: HttpRequest) -> HttpResponse:
    """Bring in what the person signed; it waits for a colleague."""
    at, user = timezone.now(), request.user
    form = RenewalForm(asking.bodies_of(user, at), *((request.POST, request.FILES) if request.method == "POST" else ()))
    came = tried(
        request,
        form,
        lambda given: renewing.ask(user, renewing.Brought(**given | {"office": int(given["office"])}), at),
    )
    if came.done:
        messages.success(request, _("已经登记。请本单位另一位工作人员核对；核对以前不能替本人办理。"))
        return redirect("helping:renewals")
    return render(request, "helping/renewals/bring.html", {"form": form, "text": texts.current()}, status=came.status)


@official_required(*HELPING_ROLES)
@never_cache
@require_http_methods(FORM)
def show(request: HttpRequest, renewal: uuid.UUID) -> HttpResponse:
    """One, with its scan; a colleague of whoever brought it in says whether it is the person's (POST)."""
    at, user = timezone.now(), request.user
    found = renewing.one_of(user, renewal, at)
    form = RulingForm(request.POST if request.method == "POST" else None)
    came = tried(request, form, lambda given: _rule(request, renewal, given["ruling"]))
    if came.done:
        done = came.result.state == Renewal.State.CONFIRMED
        messages.success(request, _("帮办已经恢复，本人会收到通知。") if done else _("已经登记：核对没有通过。"))
        return redirect("helping:renewals")
    return _page(request, found, form, came.status)


def _rule(request: HttpRequest, renewal: uuid.UUID, ruling: str) -> Renewal:
    at = timezone.now()
    if ruling == CONFIRM:
        return renewing.confirm(request.user, renewal, at)
    return renewing.refuse(request.user, renewal, ruling, at)


def _page(request: HttpRequest, found: Renewal, form: RulingForm, status: int) -> HttpResponse:
    chain.record_read(request.user.username, "renewal.read", data={"renewal": str(found.public_id)})
    why_not = renewing.why_not(request.user, found, timezone.now())
    context = {
        "renewal": found,
        "told": _told(found),
        "form": None if why_not else form,
        "why_not": why_not,
    }
    return render(request, "helping/renewals/one.html", context, status=status)


def _told(found: Renewal) -> dict[str, str] | None:
    """Number of the person, masked, and of the paper; None where the person's data were erased."""
    person = found.person
    try:
        number = vault.decrypt(person.data_key, bytes(person.id_number), "id_number")
        return {"id_number": masked_id(number), "document": renewing.document_of(found)}
    except vault.VaultError:
        return None


@official_required(*HELPING_ROLES)
@never_cache
@require_safe
def scan(request: HttpRequest, renewal: uuid.UUID) -> HttpResponse:
    """The signed paper, as a download; the reading is recorded."""
    found = renewing.one_of(request.user, renewal, timezone.now())
    if not found.stored:
        raise NotFound()
    chain.record_read(request.user.username, "renewal.scan_read", data={"renewal": str(found.public_id)})
    return scans.download(found, renewing.scan_of)
