"""What is done with a batch: seal, approve, discard, hand out. Every act is a POST."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from payouts import batching, files, scope
from payouts.forms import DiscardForm
from payouts.profiles import CONTRACT
from payouts.views import batches
from people.access import official_required
from people.refusals import Invalid, NotFound, Refused


@official_required(scope.MAKER, scope.CHECKER)
@require_POST
def seal(request: HttpRequest, number: str) -> HttpResponse:
    """Seal with the bank profile that was chosen."""
    seal_so = partial(batching.seal, profile=request.POST.get("profile") or CONTRACT)
    return _act(request, number, seal_so, _("批次已封存。请另一位复核人复核。"))


@official_required(scope.MAKER, scope.CHECKER)
@require_POST
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """Approve."""
    return _act(request, number, batching.approve, _("批次已复核。现在可以导出文件。"))


def _act(request: HttpRequest, number: str, act: Callable, done: str) -> HttpResponse:
    """Do it and go back to the batch; a refusal is shown on the batch's own page."""
    at = timezone.now()
    try:
        act(request.user, number, at)
    except NotFound:
        raise
    except Refused as refusal:
        return batches.page(request, number, at, refusal)
    messages.success(request, done)
    return redirect("payouts:batch", number)


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the reason, then discard."""
    at = timezone.now()
    batch = scope.batch_of(request.user, number, at)
    if not batching.may_discard(request.user, batch, at):
        raise NotFound()
    form = DiscardForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "payouts/discard.html", {"batch": batch, "form": form}, status=status)
    try:
        batching.discard(request.user, number, form.cleaned_data["reason"], at)
    except Invalid as refusal:
        form.add_error("reason", refusal.errors["reason"])
        return render(request, "payouts/discard.html", {"batch": batch, "form": form}, status=refusal.status)
    except NotFound:
        raise
    except Refused as refusal:
        return batches.page(request, number, at, refusal)
    messages.success(request, _("批次已作废，其中的款项可以重新编制。"))
    return redirect("payouts:batch", number)


@official_required(scope.MAKER, scope.CHECKER)
@require_POST
def export(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Hand out a file: a POST, because it is put on record and moves the batch on."""
    at = timezone.now()
    try:
        batch, content = batching.export(request.user, number, kind, at)
        file = files.file_of(batch, kind)
    except NotFound:
        raise
    except Refused as refusal:
        return batches.page(request, number, at, refusal)
    response = HttpResponse(content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "no-store"
    return response
