"""比对名单: rosters are brought in, checked as a whole, and what came of each."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit import chain
from payouts import scope
from payouts.forms_holds import RosterFileForm
from payouts.holds import rosters
from payouts.models import Hold
from people.access import official_required
from people.refusals import Invalid, NotFound
from people.tables import FAULTS_TOLD, FaultyFile

ROSTERS_SHOWN, LINES_SHOWN = 50, 100
WAITS = Count("entries__holds", filter=Q(entries__holds__isnull=False, entries__holds__lifted__isnull=True))


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The rosters of the reader's bureaus, newest first; a POST brings one in. Counts only: no read event."""
    at = timezone.now()
    offices = scope.finance_offices(request.user, at)
    if not offices:
        raise NotFound()
    if request.method != "POST":
        return _listing(request, RosterFileForm(offices))
    form = RosterFileForm(offices, request.POST, request.FILES)
    if not form.is_valid():
        return _listing(request, form, status=422)
    given = form.cleaned_data
    office = scope.finance_office(request.user, given["office"], at)
    try:
        roster, new = rosters.bring(request.user, office, given["kind"], given["file"].read(), at)
    except Invalid as refusal:
        form.add_refused({"file": refusal.message}, refusal.message)
        return _listing(request, form, refusal.faults if isinstance(refusal, FaultyFile) else [], refusal.status)
    if new:
        messages.success(request, _("名单已导入并比对。"))
    else:
        messages.info(request, _("这个名单以前导入过，这次没有任何变化。"))
    return redirect("payouts:roster", roster.pk)


def _listing(
    request: HttpRequest, form: RosterFileForm, faults: list[Any] | None = None, status: int = 200
) -> HttpResponse:
    faults = faults or []
    context = {
        "form": form,
        "faults": faults[:FAULTS_TOLD],
        "more": max(0, len(faults) - FAULTS_TOLD),
        "rosters": rosters.rosters_of(request.user, timezone.now()).annotate(waits=WAITS)[:ROSTERS_SHOWN],
    }
    return render(request, "payouts/holds/rosters.html", context, status=status)


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One roster: what it holds, and what was signed before it came."""
    roster = rosters.roster_of(request.user, pk, timezone.now())
    holds = Hold.objects.filter(entry__roster=roster).select_related("due__application", "entry", "lifted__by")
    lines, gone = list(holds.order_by("pk")[:LINES_SHOWN]), list(rosters.gone_already(roster)[:LINES_SHOWN])
    chain.record_read(request.user.username, "roster.read", subject=roster.reference, data={"lines": len(lines)})
    context = {"roster": roster, "lines": lines, "gone": gone, "shown": LINES_SHOWN}
    return render(request, "payouts/holds/roster.html", context)
