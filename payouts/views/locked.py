"""Handing out a file behind a password that is typed twice and kept nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from payouts import batching, files, scope
from payouts.forms_files import LockForm
from payouts.locking import locked
from payouts.models.batches import SIGNED
from people.access import official_required
from people.refusals import Conflict


@sensitive_post_parameters("password", "again")
@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Ask for the password, then hand out the package: a POST, on record like every other download."""
    at = timezone.now()
    batch = scope.batch_of(request.user, number, at)
    if batch.state not in SIGNED:
        raise Conflict(_("批次复核后才能导出；作废的批次不能导出。"), code="not_approved")
    file, form = files.file_of(batch, kind), LockForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "payouts/locked.html", {"batch": batch, "file": file, "form": form}, status=status)
    _batch, content = batching.export(request.user, number, kind, at, locked=True)
    package = locked(file.name, content, form.cleaned_data["password"])
    response = HttpResponse(package, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{file.name}.zip"'
    response["Cache-Control"] = "no-store"
    return response
