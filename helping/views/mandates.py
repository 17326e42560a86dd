"""A mandate for officials: what was agreed, the paper that proves it, and ending it because the person asked."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audit import chain
from helping.models import Mandate, MandateEnd
from helping.standing import end_mandate, shown, texts
from helping.standing.ending import answered_just_now, may_end_for
from helping.standing.recording import details_of, scan_of
from helping.views import scans
from people import vault
from people.access import official_required
from people.models import User
from people.posts import roles_of
from people.refusals import Invalid, NotFound
from people.roles import DESK_ROLES

ROLES = DESK_ROLES | {"village_clerk"}
HOTLINE = "hotline"
CAPACITIES = frozenset({MandateEnd.By.OFFICE, MandateEnd.By.HOTLINE})


def mandate_for(user: User, public_id: uuid.UUID) -> Mandate:
    """A mandate the official may see. Raises NotFound for all others."""
    rows = Mandate.objects.select_related("person__data_key", "helper", "office__division", "recorded_by")
    found = rows.filter(public_id=public_id).first()
    if found is None or not may_end_for(user, found, timezone.now()):
        raise NotFound()
    return found


@official_required(*ROLES)
@never_cache
@require_safe
def show(request: HttpRequest, mandate: uuid.UUID) -> HttpResponse:
    """What was agreed; the reading is recorded."""
    found = mandate_for(request.user, mandate)
    chain.record_read(request.user.username, "mandate.read", data={"mandate": str(found.public_id)})
    context = {
        "help": shown.help_of(found, timezone.now()),
        "details": _details(found),
        "text": texts.shown_for(found.text_version),
        "capacities": [(one, MandateEnd.By(one).label) for one in sorted(CAPACITIES)],
    }
    return render(request, "helping/standing/mandate.html", context)


def _details(mandate: Mandate) -> dict[str, str] | None:
    """None where the person's data were erased."""
    try:
        return details_of(mandate)
    except vault.VaultError:
        return None


@official_required(*ROLES)
@never_cache
@require_safe
def scan(request: HttpRequest, mandate: uuid.UUID) -> HttpResponse:
    """The paper that proves it, as a download; the reading is recorded."""
    found = mandate_for(request.user, mandate)
    if not found.stored:
        raise NotFound()
    chain.record_read(request.user.username, "mandate.scan_read", data={"mandate": str(found.public_id)})
    return scans.download(found, scan_of)


@official_required(*ROLES, HOTLINE)
@never_cache
@require_POST
def end(request: HttpRequest, mandate: uuid.UUID) -> HttpResponse:
    """End it, because the person said so to the official, at a counter or by telephone.

    The hotline may just after it has answered the person, and sees nothing more of it.
    """
    found = _of_a_call(request.user, mandate) or mandate_for(request.user, mandate)
    capacity = request.POST.get("capacity", "")
    if capacity not in CAPACITIES:
        raise Invalid(_("请选择本人是当面还是打电话要求停止的。"), code="capacity")
    end_mandate(request.user, found, timezone.now(), capacity=capacity)
    messages.success(request, _("已经停止。帮办人从现在起看不到本人的申请。"))
    return redirect("helping:hotline") if HOTLINE in roles_of(request.user) else redirect("helping:mandate", mandate)


def _of_a_call(user: User, public_id: uuid.UUID) -> Mandate | None:
    found = Mandate.objects.select_related("person").filter(public_id=public_id).first()
    return found if found is not None and answered_just_now(user, found, timezone.now()) else None
