"""批量办理: choose, confirm, follow, read the results."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.bulk import choosing, results, runs, starting
from approvals.bulk.choosing import MOST, Choice
from approvals.bulk.reasons import failure_words, words_of
from approvals.forms.bulk import BulkForm
from approvals.inbox.address import read_filters
from approvals.inbox.pages import item_ids
from approvals.models.bulk import BulkLine
from audit import chain
from people import vault
from people.access import official_required
from people.models import Office
from people.refusals import Invalid
from people.roles import CASE_ROLES, DESK_ROLES

RUNS_A_PAGE = 20
LONGEST_KEY = 18
LEFT_SHOWN = 50
RESULTS = ("all", *BulkLine.Result.values)


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The runs one may see (GET), or what was chosen in the inbox, to be confirmed (POST)."""
    return _choose(request) if request.method == "POST" else _list(request)


def _list(request: HttpRequest) -> HttpResponse:
    before = _number(request.GET.get("before", ""))
    found = runs.visible_runs(request.user, timezone.now()).select_related("user", "office").order_by("-pk")
    rows = list((found.filter(pk__lt=before) if before else found)[: RUNS_A_PAGE + 1])
    shown = rows[:RUNS_A_PAGE]
    context = {
        "runs": shown,
        "first_url": request.path if before else "",
        "next_url": f"?before={shown[-1].pk}" if len(rows) > RUNS_A_PAGE else "",
    }
    return render(request, "approvals/bulk/list.html", context)


def _choose(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    items, capped = _chosen(request)
    choice = choosing.choose(request.user, items, at, capped=capped)
    if choice is None:
        raise Invalid(
            _("没有选中可以办理的件。请返回待办，勾选要办理的件，或选择“本筛选全部”。"), code="nothing_chosen"
        )
    form = BulkForm(choice, initial={"chosen": choosing.sealed(request.user, choice), "token": uuid.uuid4()})
    return _confirm(request, choice, form)


def _chosen(request: HttpRequest) -> tuple[list[int], bool]:
    """The items ticked, or all of the filter the list was shown with; and whether there were more than can be done."""
    if request.POST.get("all") != "on":
        return [key for key in map(_number, request.POST.getlist("item")) if key], False
    filters = read_filters(QueryDict(request.POST.get("query", "").removeprefix("?")))
    found = item_ids(request.user, timezone.now(), filters, MOST + 1)
    return found[:MOST], len(found) > MOST


@official_required(*CASE_ROLES)
@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Start the run that the page asked to confirm; what is wrong comes back with everything that was typed."""
    choice = choosing.opened(request.user, request.POST.get("chosen", ""))
    form = BulkForm(choice, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            run = starting.start(
                request.user, choice, given["outcome"], given["text"], given["token"], at=timezone.now()
            )
        except Invalid as refusal:
            for name, message in (refusal.errors or {"": refusal.message}).items():
                form.add_error(name or None, str(message))
        else:
            return redirect("approvals:bulk_run", run.pk)
    return _confirm(request, choice, form)


def _confirm(request: HttpRequest, choice: Choice, form: BulkForm) -> HttpResponse:
    """How many can be done, how many are left out and why. Numbers of cases are shown: the read is recorded."""
    left, named = sum(choice.left_counts.values()), choosing.named(choice, LEFT_SHOWN)
    chain.record_read(request.user.username, "bulk.chosen", data={"count": choice.total, "left": left})
    context = {
        "choice": choice,
        "office": Office.objects.get(pk=choice.office),
        "form": form,
        "fits": sum(choice.counts.values()),
        "left": left,
        "reasons": [{"key": words_of(code), "count": count} for code, count in choice.left_counts.most_common()],
        "left_out": [(public_id, number, words_of(code)) for public_id, number, code in named],
        "most": MOST,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "approvals/bulk/confirm.html", context, status=status)


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest, run: int) -> HttpResponse:
    """How far a run has come, and why items were not done. Counts only: no read event."""
    found = runs.run_of(request.user, run, timezone.now())
    context = {
        "run": found,
        "percent": found.counted * 100 // found.total,
        "rows": _rows(found),
        "failure": failure_words(found.failure),
        "reasons": results.reasons_of(found),
        "mine": found.user_id == request.user.pk,
        "left_undone": found.total - found.counted,
    }
    return render(request, "approvals/bulk/run.html", context)


def _rows(run) -> list[dict[str, Any]]:
    """What was started, by whom, in which words."""
    by = run.user.full_name
    if run.on_behalf_of:
        by = _("%(who)s代%(whom)s") % {"who": by, "whom": run.on_behalf_of.full_name}
    try:
        said = runs.words_of(run) or _("没有写")
    except vault.VaultError:
        said = _("无法打开")
    pairs = [
        (_("机关"), run.office.label),
        (_("办理人"), by),
        (_("办理结果"), run.get_outcome_display()),
        (_("意见"), said),
        (_("开始"), f"{timezone.localtime(run.started_at):%Y-%m-%d %H:%M}"),
    ]
    if run.ended_at:
        pairs.append((_("结束"), f"{timezone.localtime(run.ended_at):%Y-%m-%d %H:%M}"))
    return [{"key": key, "value": value} for key, value in pairs]


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def cases(request: HttpRequest, run: int) -> HttpResponse:
    """The result of each case, a page at a time by keyset. The read is recorded."""
    found = runs.run_of(request.user, run, timezone.now())
    result = request.GET.get("result", "all")
    result = result if result in RESULTS else "all"
    after = _number(request.GET.get("after", ""))
    lines, following = results.page(found, result, after)
    chain.record_read(request.user.username, "bulk.read", data={"run": found.pk, "count": len(lines)})
    context = {
        "run": found,
        "lines": lines,
        "result": result,
        "tabs": [{"label": label, "value": value, "current": value == result} for value, label in _tabs(found)],
        "first_url": f"?result={result}" if after else "",
        "next_url": f"?result={result}&after={following}" if following else "",
    }
    return render(request, "approvals/bulk/cases.html", context)


def _tabs(run) -> list[tuple[str, str]]:
    counts = {"all": run.total, "done": run.done, "refused": run.refused, "skipped": run.skipped}
    counts[""] = run.total - run.counted
    words = {"all": _("全部"), **{value: str(label) for value, label in BulkLine.Result.choices}}
    return [(value, f"{words[value]} {counts[value]}") for value in ("all", "done", "refused", "skipped", "")]


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def csv_file(request: HttpRequest, run: int) -> HttpResponse:
    """All results as a file for the spreadsheet. The read is recorded."""
    found = runs.run_of(request.user, run, timezone.now())
    chain.record_read(request.user.username, "bulk.read", data={"run": found.pk, "count": found.total})
    response = HttpResponse(results.as_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bulk-{found.pk}.csv"'
    return response


@official_required(*DESK_ROLES)
@require_POST
def cancel(request: HttpRequest, run: int) -> HttpResponse:
    """Stop a run."""
    runs.cancel(request.user, run, timezone.now())
    messages.success(request, _("批量办理已取消，已经办理的件不受影响。"))
    return redirect("approvals:bulk_run", run)


def _number(text: str) -> int:
    """A key in an address or a form; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else 0
