"""Papers of many students of a batch, in one ZIP."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from helping.forms.school_papers import SchoolPapersForm
from helping.models import SchoolBatch
from helping.schools import bringing, paper_names, papers
from helping.schools.papers import Taken
from helping.views import listing
from people.access import official_required
from people.forms import tried


@official_required(bringing.ROLE)
@never_cache
@require_http_methods(listing.FORM)
def bring(request: HttpRequest, school_batch: int) -> HttpResponse:
    """How the files are named; a POST takes a ZIP of them, and names every file that could not be taken."""
    at, user = timezone.now(), request.user
    batch = bringing.batch_of(user, school_batch, at)
    bringing.check_keeper(user, batch)
    form = SchoolPapersForm(*listing.sent(request))
    came = tried(request, form, lambda given: papers.bring(user, school_batch, given["file"].read(), at))
    if not came.done:
        return _page(request, batch, form, came.status)
    taken = came.result
    if taken.faults:
        text = _("有%(count)s处没有登记，原因列在下面。") % {"count": len(taken.faults)}
        form.add_refused({"file": text}, text)
        return _page(request, batch, form, HTTPStatus.UNPROCESSABLE_ENTITY, taken)
    messages.success(request, _told(taken))
    return redirect("helping:school_batch", school_batch)


def _page(
    request: HttpRequest, batch: SchoolBatch, form: SchoolPapersForm, status: int, taken: Taken | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "batch": batch,
        "form": form,
        "papers": paper_names.numbered(batch.scheme_version.definition),
        "faults": taken.faults if taken else (),
        "told": _told(taken) if taken else "",
    }
    return render(request, "helping/schools/papers.html", context, status=status)


def _told(taken: Taken) -> str:
    told = {"students": taken.students, "files": taken.files, "known": taken.known}
    if taken.known:
        return _("已为%(students)s名学生登记%(files)s份材料；另有%(known)s份以前上传过，没有重复登记。") % told
    return _("已为%(students)s名学生登记%(files)s份材料。") % told
