"""Trying a draft of the policy on real cases: start, follow, cancel, read the result."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import what_if, what_if_acts
from applications.forms.what_if import PeriodForm
from applications.models.what_if import WhatIfChange, WhatIfRun
from applications.policy_scope import covers_codes, divisions_of, proposal_of, run_of
from applications.what_if_result import Result
from applications.what_if_words import changes_of, draft_rows, run_rows, title_of
from audit import chain
from people.access import official_required
from people.refusals import Invalid
from schemes.models import Proposal
from schemes.publication.policy_scope import EDITOR, PUBLISHER

EARLIER_RUNS = 20
CASES_A_PAGE = 100
LONGEST_KEY = 18
FEN = Decimal(100)


@official_required(EDITOR, PUBLISHER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, proposal: int) -> HttpResponse:
    """Choose the cases and start; below, the runs of this draft so far."""
    at = timezone.now()
    found, codes = proposal_of(request.user, proposal, at)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            run = what_if_acts.start(request.user, proposal, given["begins"], given["ends"], at, as_if=form.as_if)
        except Invalid as refusal:
            form.complain(refusal.errors or {"": refusal.message})
        else:
            messages.success(request, _("试算已经开始。"))
            return redirect("what_if:result", run.pk)
    context = {
        "form": form,
        "proposal": found,
        "title": title_of(found),
        "rows": draft_rows(found, found.content, codes),
        "sections": changes_of(found),
        "open": what_if.is_open(found),
        "runs": _earlier(request, found),
    }
    return render(request, "applications/what_if/start.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, proposal: Proposal) -> PeriodForm:
    today = timezone.localdate()
    initial = {"begins": _year_before(today), "ends": today}
    data = request.POST if request.method == "POST" else None
    return PeriodForm(data, initial=initial, has_days=proposal.kind != Proposal.Kind.VERSION)


def _year_before(today: date) -> date:
    return date(today.year - 1, today.month, 1)


def _earlier(request: HttpRequest, proposal: Proposal) -> list[WhatIfRun]:
    """The runs of the draft that the reader may see, newest first."""
    mine = divisions_of(request.user, timezone.now())
    runs = proposal.what_if_runs.select_related("started_by")[:EARLIER_RUNS]
    return [run for run in runs if covers_codes(mine, run.divisions)]


@official_required(EDITOR, PUBLISHER)
@never_cache
@require_safe
def result(request: HttpRequest, run: int) -> HttpResponse:
    """How far it has come, and what was found. Sums only: no read event."""
    found = run_of(request.user, run)
    context = {
        "run": found,
        "title": title_of(found.proposal),
        "rows": run_rows(found),
        "edited": found.content != found.proposal.content,
        "percent": found.done * 100 // found.total,
        **(_figures(Result(found)) if not found.is_open else {}),
    }
    return render(request, "applications/what_if/result.html", context)


def _figures(result: Result) -> dict[str, Any]:
    return {
        "result": result,
        "total": result.total,
        "county_bars": [_county_bar(place.label, totals) for place, totals in result.most_moved],
        "county_columns": {"label": _("县市区"), "number": _("调整后（元）"), "plan": _("调整前（元）")},
        "direction_columns": {"label": _("变化"), "number": _("件数")},
        "direction_bars": [
            {"label": label, "number": result.directions[way], "text": f"{result.directions[way]:,}"}
            for way, label in (("more", _("金额增加")), ("less", _("金额减少")), ("same", _("金额不变")))
        ],
    }


def _county_bar(label: str, totals) -> dict[str, Any]:
    return {
        "label": label,
        "number": int(totals.after * FEN),
        "text": f"{totals.after:,.2f}",
        "plan": int(totals.before * FEN),
        "plan_text": f"{totals.before:,.2f}",
    }


@official_required(EDITOR, PUBLISHER)
@never_cache
@require_safe
def cases(request: HttpRequest, run: int) -> HttpResponse:
    """The numbers of the cases that would come out differently, a page at a time by keyset."""
    found = run_of(request.user, run)
    after = request.GET.get("after", "")
    after = int(after) if after.isascii() and after.isdecimal() and len(after) <= LONGEST_KEY else 0
    rows = list(WhatIfChange.objects.filter(run=found, pk__gt=after).order_by("pk")[: CASES_A_PAGE + 1])
    shown = rows[:CASES_A_PAGE]
    data = {"run": found.pk, "count": len(shown)}
    chain.record_read(request.user.username, "what_if.read", subject=found.scheme_code, data=data)
    context = {
        "run": found,
        "title": title_of(found.proposal),
        "changes": shown,
        "first_url": request.path if after else "",
        "next_url": f"?after={shown[-1].pk}" if len(rows) > CASES_A_PAGE else "",
    }
    return render(request, "applications/what_if/cases.html", context)


@official_required(EDITOR, PUBLISHER)
@require_POST
def cancel(request: HttpRequest, run: int) -> HttpResponse:
    """Stop a run."""
    what_if_acts.cancel(request.user, run, timezone.now())
    messages.success(request, _("试算已取消。"))
    return redirect("what_if:result", run)
