"""What a batch would hold, with its sums, before it is made; and making it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit import chain
from benefits.models import Due
from payouts import batching, scope
from payouts.forms import SeenForm
from payouts.lines import LINES_A_PAGE, by_county, lines_of
from payouts.payable import LINES_A_BATCH, payable, sums_of
from payouts.titles import titles
from payouts.views.paging import first_of
from people.access import official_required
from people.models import Office
from people.refusals import NotFound, Refused


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, office_id: int, scheme: str) -> HttpResponse:
    """The lines and sums of the batch that would be made; a POST makes it, if the sums are still those seen."""
    at = timezone.now()
    office = scope.finance_office(request.user, office_id, at)
    if request.method != "POST":
        return _page(request, office, scheme, at)
    try:
        batch = batching.make(request.user, office, scheme, at, seen=SeenForm(request.POST).sums())
    except NotFound:
        raise
    except Refused as refusal:
        return _page(request, office, scheme, at, refusal)
    messages.success(request, _("批次已编制。请核对明细后封存。"))
    return redirect("payouts:batch", batch.number)


def _page(
    request: HttpRequest, office: Office, scheme: str, at: datetime, refusal: Refused | None = None
) -> HttpResponse:
    named = titles()
    if scheme not in named:
        raise NotFound()
    dues = list(payable(office, scheme, at))
    first = first_of(request, len(dues))
    shown = dues[first - 1 : first - 1 + LINES_A_PAGE]
    chain.record_read(
        request.user.username, "payable.read", data={"scheme": scheme, "lines": len(shown), "from": first}
    )
    sums = sums_of(dues)
    address = reverse("payouts:payable", args=[office.pk, scheme])
    context = {
        "office": office,
        "title": named[scheme],
        "sums": sums,
        "full": sums.lines == LINES_A_BATCH,
        "groups": by_county(Due.objects.filter(pk__in=[due.pk for due in dues])),
        "lines": lines_of(shown, first),
        "page_sums": sums_of(shown),
        "whole": len(shown) == len(dues),
        "form": SeenForm(initial={"lines": sums.lines, "total": sums.total}),
        "may_make": scope.may(request.user, scope.MAKER, office, at),
        "errors": [{"message": refusal.message}] if refusal else [],
        "previous_url": f"{address}?from={max(1, first - LINES_A_PAGE)}" if first > 1 else "",
        "next_url": f"{address}?from={first + LINES_A_PAGE}" if first - 1 + LINES_A_PAGE < len(dues) else "",
    }
    return render(request, "payouts/payable.html", context, status=refusal.status if refusal else 200)
