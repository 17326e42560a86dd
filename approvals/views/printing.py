"""文书生成: the queue of papers, and another try."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from approvals import scope
from approvals.printing import again, groups, queue
from approvals.printing.reasons import reason
from papers.models import Paper
from people.access import official_required
from people.models import User
from people.staffing import ADMINISTRATOR

ROLES = (*queue.READING_ROLES, ADMINISTRATOR)
LISTED = 50
LONGEST_KEY = 18


@official_required(*ROLES)
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """How many papers wait, are made, failed and why; how far bulk work has come. No names: no read event."""
    at, before = timezone.now(), _number(request.GET.get("before", ""))
    found = queue.failed(request.user, at)
    rows = list((found.filter(pk__lt=before) if before else found)[: LISTED + 1])
    shown = rows[:LISTED]
    context = {
        "counts": queue.counts(request.user, at),
        "failed": _lines(request.user, shown),
        "runs": groups.of_runs(request.user, at),
        "dossiers": groups.of_dossiers(request.user, at),
        "most": again.MOST,
        "first_url": request.path if before else "",
        "next_url": f"?before={shown[-1].pk}" if len(rows) > LISTED else "",
    }
    return render(request, "approvals/printing/queue.html", context)


def _lines(user: User, papers: list[Paper]) -> list[tuple[Paper, str, bool]]:
    """Each paper, why it failed, and whether the reader may open its case."""
    cases = scope.visible_cases(user, timezone.now()).filter(public_id__in={paper.case_ref for paper in papers})
    mine = set(cases.values_list("public_id", flat=True))
    return [(paper, reason(paper.failure), paper.case_ref in mine) for paper in papers]


@official_required(*ROLES)
@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """Queue one failed paper (`paper`), or all of the reader's offices."""
    asked = request.POST.get("paper")
    count = again.try_again(request.user, timezone.now(), None if asked is None else _number(asked))
    messages.success(request, _("已重新排队：%(count)s 份。") % {"count": count})
    return redirect("approvals:paper_queue")


def _number(text: str) -> int:
    """A key in an address or a form; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else 0
