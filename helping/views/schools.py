"""学校批量申报: files of graduates, their drafts, and filing them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import chain
from helping.forms.sheets import SheetForm
from helping.models import SchoolBatch
from helping.schools import bringing, runs, shown
from helping.sheets.template import CONTENT_TYPE, template
from people.access import official_required
from people.forms import tried
from people.refusals import Invalid, NotFound
from people.tables import FAULTS_TOLD, FaultyFile

FORM = ["GET", "HEAD", "POST"]
BATCHES_SHOWN = 30


@official_required(bringing.ROLE)
@never_cache
@require_http_methods(FORM)
def index(request: HttpRequest) -> HttpResponse:
    """The batches of the user's schools; a POST brings a file in."""
    at, user = timezone.now(), request.user
    schools = bringing.schools_of(user, at)
    if not schools:
        raise NotFound()
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form, faults = SheetForm(schools, bringing.schemes(), *data), []

    def bring(given: dict[str, Any]) -> tuple[SchoolBatch, bool]:
        office = bringing.school_of(user, given["office"], at)
        try:
            return bringing.bring(user, office, given["scheme"], given["file"].read(), at)
        except FaultyFile as refusal:
            faults.extend(refusal.faults)
            raise Invalid(errors={"file": str(refusal.message)}) from refusal

    came = tried(request, form, bring)
    if came.done:
        batch, new = came.result
        if not new:
            messages.info(request, _("这个文件以前上传过，没有重复登记。"))
        return redirect("helping:school_batch", batch.pk)
    context = {
        "form": form,
        "faults": faults[:FAULTS_TOLD],
        "more": max(0, len(faults) - FAULTS_TOLD),
        "batches": bringing.batches_of(user, at)[:BATCHES_SHOWN],
        "schemes": bringing.schemes(),
    }
    return render(request, "helping/schools/index.html", context, status=came.status)


@official_required(bringing.ROLE)
@never_cache
@require_safe
def sheet(request: HttpRequest, scheme: str) -> HttpResponse:
    """The empty file to fill in."""
    if not bringing.schools_of(request.user, timezone.now()):
        raise NotFound()
    version = bringing.scheme_with(scheme)
    response = HttpResponse(template(bringing.questions_of(version.definition)), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{version.scheme_id}.xlsx"'
    return response


@official_required(bringing.ROLE)
@never_cache
@require_safe
def show(request: HttpRequest, school_batch: int) -> HttpResponse:
    """What a file holds, or what came of it, a page of students at a time."""
    at = timezone.now()
    batch = bringing.batch_of(request.user, school_batch, at)
    after = request.GET.get("after", "")
    page = shown.students_of(request.user, batch, int(after) if after.isdecimal() and len(after) < 9 else 0, at)
    chain.record_read(request.user.username, "school.read", subject=f"school-{batch.pk}", data={"rows": len(page.rows)})
    context = {"batch": batch, "page": page, "counts": shown.counts_of(request.user, batch, at)}
    return render(request, "helping/schools/batch.html", context)


@official_required(bringing.ROLE)
@never_cache
@require_POST
def confirm(request: HttpRequest, school_batch: int) -> HttpResponse:
    """Make the drafts."""
    runs.confirm(request.user, school_batch, timezone.now())
    return redirect("helping:school_batch", school_batch)


@official_required(bringing.ROLE)
@never_cache
@require_POST
def drop(request: HttpRequest, school_batch: int) -> HttpResponse:
    """Give the file up."""
    bringing.drop(request.user, school_batch, timezone.now())
    messages.success(request, _("这个文件已经放弃，内容已经删除。"))
    return redirect("helping:schools")


@official_required(bringing.ROLE)
@never_cache
@require_POST
def file_all(request: HttpRequest, school_batch: int) -> HttpResponse:
    """File every draft that is complete and agreed to."""
    runs.file_all(request.user, school_batch, timezone.now())
    return redirect("helping:school_batch", school_batch)
