"""Files whose time is over: what was proposed, what was destroyed; holds by law."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archives import access
from archives.access import ARCHIVE_ROLES
from archives.erasing import deciding, law_holds
from archives.forms_erasing import LegalHoldForm
from archives.models import Erasure, LegalHold
from archives.models.erasures import OPEN
from audit import chain
from people.access import official_required
from people.forms import tried
from people.models import User
from people.refusals import NotFound
from people.vault import VaultError

SHOWN = 100
ACTS: dict[str, tuple[Callable[[User, int, datetime], Erasure], Promise]] = {
    "examine": (deciding.examine, gettext_lazy("已鉴定可以销毁，等待另一位同事复核。")),
    "confirm": (deciding.confirm, gettext_lazy("已销毁本卷。编号、金额、日期和审计记录仍然保留。")),
    "drop": (deciding.drop, gettext_lazy("本卷继续保管，一年后再提请鉴定。")),
}


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for the first or the second, and the register 销毁清册 of what is gone."""
    mine = deciding.erasures_of(request.user, timezone.now())
    waiting = list(mine.filter(state__in=OPEN).order_by("pk")[:SHOWN])
    done = list(mine.filter(state=Erasure.State.ERASED).order_by("-erased_at")[:SHOWN])
    data = {"count": len(waiting) + len(done)}
    chain.record_read(request.user.username, "archives.erasures_read", data=data)
    return render(request, "archives/erasures.html", {"waiting": waiting, "done": done})


@official_required(*ARCHIVE_ROLES)
@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Examine, confirm or drop."""
    if act not in ACTS:
        raise NotFound()
    service, told = ACTS[act]
    service(request.user, pk, timezone.now())
    messages.success(request, str(told))
    return redirect("archives:erasures")


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def legal_holds(request: HttpRequest) -> HttpResponse:
    """The holds of the reader's offices, and placing one."""
    at = timezone.now()
    offices = access.offices_of(request.user, at)
    initial = {"starts": timezone.localdate(at), "reach": LegalHold.Reach.CASE}
    form = LegalHoldForm(offices, request.POST if request.method == "POST" else None, initial=initial)
    came = tried(request, form, lambda given: law_holds.place(request.user, int(given["office"]), form.asked(), at))
    if came.done:
        messages.success(request, _("已依法保全，保全期间不销毁。"))
        return redirect("archives:legal_holds")
    return _holds_page(request, form, came.status, at)


def _holds_page(request: HttpRequest, form: LegalHoldForm, status: int, at: datetime) -> HttpResponse:
    """The page; the read is recorded before it is sent."""
    rows = law_holds.held_by(request.user, at).select_related("application", "person", "division", "placed_by")
    holds = [{"hold": hold, "reason": _reason(hold), "about": _about(hold)} for hold in rows[:SHOWN]]
    chain.record_read(request.user.username, "archives.law_holds_read", data={"count": len(holds)})
    return render(request, "archives/legal_holds.html", {"form": form, "holds": holds}, status=status)


def _about(hold: LegalHold) -> str:
    """A person goes by name alone: the number is not shown."""
    if hold.application:
        return str(hold.application)
    return hold.person.name if hold.person else " ".join(filter(None, [str(hold.division), hold.scheme_code]))


def _reason(hold: LegalHold) -> str:
    try:
        return law_holds.reason_of(hold)
    except VaultError:
        return _("（内容无法解密）")


@official_required(*ARCHIVE_ROLES)
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End a hold."""
    law_holds.lift(request.user, pk, timezone.now())
    messages.success(request, _("已解除保全。"))
    return redirect("archives:legal_holds")
