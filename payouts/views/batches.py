"""Batches: the list, one batch, its cover sheet."""

from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import chain
from benefits.budgets.shares import borne
from benefits.models import Due
from papers import reading
from papers.capitals import amount_capitals
from papers.models import Paper
from payouts import batching, scope
from payouts.budgeting.shown import levels
from payouts.files import stored_files
from payouts.forms import BatchFilters
from payouts.forms_files import SealForm
from payouts.holds.standing import held_words
from payouts.lines import LINES_A_PAGE, bank_answers, by_county, by_envelope, page_of, shared_accounts
from payouts.models import Batch
from payouts.models.batches import SIGNED
from payouts.overview import named
from payouts.profiles import offered, read_profiles
from payouts.profiles.usual import usual_profile
from payouts.titles import titles
from payouts.views.paging import first_of
from people.access import official_required
from people.refusals import Conflict, Refused

BATCHES_A_PAGE = 30
DISCARDABLE = {Batch.State.OPEN, Batch.State.SEALED}


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All batches of the reader's bureaus, newest first. Sums only: no read event."""
    form = BatchFilters(request.GET or None)
    batches = scope.batches_of(request.user, timezone.now())
    if form.chosen():
        batches = batches.filter(state=form.chosen())
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        batches = batches.filter(pk__lt=int(before))
    found = list(batches.order_by("-pk")[: BATCHES_A_PAGE + 1])
    shown = found[:BATCHES_A_PAGE]
    context = {
        "form": form,
        "batches": named(shown, titles()),
        "next_url": _older(form, shown[-1]) if len(found) > BATCHES_A_PAGE else "",
    }
    return render(request, "payouts/batches.html", context)


def _older(form: BatchFilters, last: Batch) -> str:
    parts = {"state": form.chosen(), "before": last.pk}
    return f"?{urlencode({name: value for name, value in parts.items() if value})}"


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """One batch."""
    return page(request, number, timezone.now())


def page(request: HttpRequest, number: str, at: datetime, refusal: Refused | None = None) -> HttpResponse:
    """One batch with its lines and what can be done; after a refused act with the reason on top."""
    user, batch = request.user, scope.batch_of(request.user, number, at)
    first = first_of(request, batch.line_count)
    lines = page_of(batch, first)
    chain.record_read(user.username, "batch.read", subject=batch.number, data={"lines": len(lines), "from": first})
    address = reverse("payouts:batch", args=[batch.number])
    context = {
        **figures(batch),
        "lines": lines,
        "levels": levels(borne(Due.objects.filter(payouts__batch=batch))),
        "page_total": sum((line.amount for line in lines), Decimal("0.00")),
        "answers": bank_answers(batch),
        "whole": len(lines) == batch.line_count,
        "may": may(request, batch, at),
        "seal_form": _seal_form(request, batch, at),
        "shared": shared_accounts(batch),
        "held": held_words(batch) if batch.state in DISCARDABLE else "",
        "reason": batching.discard_reason(batch),
        "errors": [{"message": refusal.message}] if refusal else [],
        "previous_url": f"{address}?from={max(1, first - LINES_A_PAGE)}" if first > 1 else "",
        "next_url": f"{address}?from={first + LINES_A_PAGE}" if first - 1 + LINES_A_PAGE < batch.line_count else "",
    }
    return render(request, "payouts/batch.html", context, status=refusal.status if refusal else 200)


def _seal_form(request: HttpRequest, batch: Batch, at: datetime) -> SealForm:
    """The choice of a bank profile: what was chosen before a refusal, else what the bureau used last."""
    on = timezone.localdate(at)
    return SealForm(offered(on), initial={"profile": request.POST.get("profile") or usual_profile(batch.office, on)})


def figures(batch: Batch) -> dict:
    """What batch and cover sheet both show: sums by budget document and by county, capitals, files and their sums."""
    called = titles()
    return {
        "batch": batch,
        "title": called.get(batch.scheme_code, batch.scheme_code),
        "envelopes": by_envelope(batch, called),
        "groups": by_county(Due.objects.filter(payouts__batch=batch)),
        "capitals": amount_capitals(batch.total),
        "files": stored_files(batch),
        "profile": profile.title if (profile := read_profiles().get(batch.profile)) else batch.profile,
    }


def may(request: HttpRequest, batch: Batch, at: datetime) -> dict[str, bool]:
    """Which buttons the page shows. The services decide again."""
    user, state = request.user, batch.state
    makes = scope.may(user, scope.MAKER, batch.office, at)
    checks = scope.may(user, scope.CHECKER, batch.office, at)
    sealed = state == Batch.State.SEALED
    return {
        "seal": makes and state == Batch.State.OPEN,
        "approve": checks and sealed and user.pk != batch.maker_id,
        "wait_for_other": sealed and user.pk == batch.maker_id,
        "wait_for_checker": sealed and not checks and user.pk != batch.maker_id,
        "wait_for_maker": state == Batch.State.OPEN and not makes,
        "discard": state in DISCARDABLE and batching.may_discard(user, batch, at),
        "export": state in SIGNED,
    }


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def cover(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet that goes with the file: sums and hashes to sign, nobody's data."""
    batch = scope.batch_of(request.user, number, timezone.now())
    return render(request, "payouts/cover.html", figures(batch))


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The approval sheet as it was frozen, byte for byte."""
    batch = scope.batch_of(request.user, number, timezone.now())
    if batch.cover is None or batch.cover.state != Paper.State.READY:
        raise Conflict(_("审批单在批次复核后生成，现在还没有，请过一会儿再打开。"), code="not_ready")
    chain.record_read(request.user.username, "batch.sheet_read", subject=batch.number)
    response = HttpResponse(reading.pdf_bytes(batch.cover), content_type="application/pdf")
    name = f"{batch.cover.title}-{batch.number}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
