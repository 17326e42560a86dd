"""One file: its catalogue, what is in it, how long it is kept, holds, packages."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from archives import access, holds
from archives.access import ARCHIVE_ROLES
from archives.forms import HoldForm
from archives.models import Hold, Volume
from archives.packages import asking
from audit import chain
from people.access import official_required
from people.refusals import Invalid
from people.vault import VaultError

PACKAGES_SHOWN = 10


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One file."""
    return _page(request, access.volume_for(request.user, pk, timezone.now()), HoldForm())


def _page(request: HttpRequest, volume: Volume, form: HoldForm, status: int = HTTPStatus.OK) -> HttpResponse:
    """The page. The read is recorded before it is sent."""
    pieces = list(volume.pieces.select_related("application").order_by("position"))
    subject = f"archive-{volume.pk}"
    chain.record_read(request.user.username, "archive.read", subject=subject, data={"pieces": len(pieces)})
    hold = holds.current(volume)
    context = {
        "volume": volume,
        "facts": _facts(volume),
        "cases": volume.cases.select_related("application", "filed_by").order_by("pk"),
        "pieces": pieces,
        "pages": sum(piece.pages for piece in pieces),
        "hold": hold,
        "reason": _reason(hold, volume),
        "form": form,
        "packages": volume.packages.select_related("asked_by").order_by("-pk")[:PACKAGES_SHOWN],
        "at": timezone.now(),
    }
    return render(request, "archives/volume.html", context, status=status)


def _facts(volume: Volume) -> list[dict[str, object]]:
    """What is said of the file above its catalogue."""
    until = _("%(kept)s，到%(day)s期满") % {"kept": volume.get_retention_display(), "day": volume.expires_on}
    rows = [
        {"key": _("机关"), "value": volume.office.label},
        {"key": _("年度"), "value": str(volume.year)},
        {"key": _("保管期限"), "value": until if volume.expires_on else volume.get_retention_display()},
    ]
    if volume.handover is not None:
        link = {"url": reverse("archives:handover", args=[volume.handover_id]), "text": _("查看")}
        rows.append({"key": _("移交清单"), "value": volume.handover.paper.number, "actions": [link]})
    return rows


def _reason(hold: Hold | None, volume: Volume) -> str:
    if hold is None:
        return ""
    try:
        return holds.reason_of(hold, volume)
    except VaultError:
        return _("（内容无法解密）")


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold a file; what was typed stays where it is refused."""
    at = timezone.now()
    volume = access.volume_for(request.user, pk, at)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _page(request, volume, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        holds.place(request.user, pk, form.cleaned_data["reason"], at)
    except Invalid as refused:
        form.add_refused(refused.errors, str(refused.message))
        return _page(request, volume, form, refused.status)
    messages.success(request, _("本卷已暂缓销毁。"))
    return redirect("archives:volume", pk)


@official_required(*ARCHIVE_ROLES)
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End a hold."""
    holds.lift(request.user, pk, timezone.now())
    messages.success(request, _("已解除暂缓销毁。"))
    return redirect("archives:volume", pk)


@official_required(*ARCHIVE_ROLES)
@require_POST
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the file packed."""
    asking.ask_for_volume(request.user, pk, timezone.now())
    messages.success(request, _("已开始导出。完成后可以在本页下载。"))
    return redirect("archives:volume", pk)
