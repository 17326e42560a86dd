"""学校批量申报: files of graduates, their drafts, and filing them."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import chain
from helping.forms.sheets import SheetForm
from helping.models import SchoolBatch
from helping.schools import bringing, handing, runs, shown
from helping.sheets.template import CONTENT_TYPE, template
from helping.views import listing
from helping.views.listing import FORM
from people.access import official_required
from people.joining import listed
from people.models import User
from people.refusals import NotFound

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
    form = SheetForm(schools, bringing.schemes(), *listing.sent(request))

    def bring(given: dict[str, Any]) -> tuple[SchoolBatch, bool]:
        office = bringing.school_of(user, given["office"], at)
        return bringing.bring(user, office, given["scheme"], given["file"].read(), at)

    def lead_on(brought: tuple[SchoolBatch, bool]) -> HttpResponse:
        batch, new = brought
        if not new:
            messages.info(request, _("这个文件以前上传过，没有重复登记。"))
        return redirect("helping:school_batch", batch.pk)

    def rows() -> dict[str, Any]:
        return {"heading": _("学校批量申报"), "tables": [_batches(user, at)], "schemes": bringing.schemes()}

    return listing.list_page(request, "helping/schools/index.html", form, bring, lead_on, rows)


def _batches(user: User, at: datetime) -> dict[str, Any]:
    return listing.table(
        _("上传过的名单"),
        (_("批次"), _("学校"), _("人数"), _("上传"), _("由谁办理"), _("状态")),
        [_row(batch) for batch in bringing.batches_of(user, at)[:BATCHES_SHOWN]],
        numeric={2},
        empty=_("还没有上传过名单。"),
    )


def _row(batch: SchoolBatch) -> list[Any]:
    link = {"text": str(batch), "url": reverse("helping:school_batch", args=[batch.pk])}
    brought = f"{batch.brought_by} {listing.day(batch.brought_at)}"
    return [link, batch.office.label, batch.rows, brought, str(batch.keeper), batch.get_state_display()]


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
    context = {
        "batch": batch,
        "page": page,
        "counts": shown.counts_of(request.user, batch, at),
        "progress": shown.progress_of(batch, at),
        "mine": batch.keeper == request.user,
        "may_take_on": handing.offered(request.user, batch, at),
    }
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
def take_on(request: HttpRequest, school_batch: int) -> HttpResponse:
    """Go on with a colleague's batch."""
    handed = runs.take_on(request.user, school_batch, timezone.now())
    if handed.waiting:
        text = _("现在由您办理这个批次。%(count)s份申请正在一份一份转到您名下，可以离开这一页。")
        messages.success(request, text % {"count": handed.waiting})
        return redirect("helping:school_batch", school_batch)
    messages.success(request, _("现在由您办理这个批次，%(moved)s份申请转到了您名下。") % {"moved": handed.moved})
    if handed.left:
        text = _("%(left)s份没有转：您审核过，或者是您自己的申请。这些仍由原来的同事办理。")
        messages.info(request, text % {"left": handed.left})
    if handed.faults:
        rows = listed(str(row) for row in handed.faults)
        messages.warning(request, _("第%(rows)s行没有转成。请再选一次“由我接着办”。") % {"rows": rows})
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
