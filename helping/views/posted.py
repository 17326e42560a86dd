"""Posted notices: which the clerk can prove, the photos of one, and a photo."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications.views.files import file_response
from approvals.labels import labels_of
from audit import chain
from helping.forms.village import PhotoForm
from helping.posted import photos
from helping.standing.asking import HELPING_ROLES
from people import vault
from people.access import official_required
from people.forms import tried
from people.refusals import Conflict
from people.roles import DESK_ROLES

LISTED = 50
ROLES = HELPING_ROLES | DESK_ROLES


@official_required(*HELPING_ROLES)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Notices of the user's office or township that run, or have just ended."""
    at = timezone.now()
    found = list(photos.notices_for(request.user, at).prefetch_related("photos")[:LISTED])
    labels = labels_of((), {one.application.scheme_code for one in found})
    rows = [(one, labels.title(one.application.scheme_code), photos.period_of(one)) for one in found]
    return render(request, "helping/posted/list.html", {"rows": rows})


@official_required(*HELPING_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, notice: int) -> HttpResponse:
    """The photos of one notice; a POST adds one."""
    at, user = timezone.now(), request.user
    found = photos.notice_for(user, notice, at)
    form = PhotoForm(*((request.POST, request.FILES) if request.method == "POST" else ()))

    def add(given: dict) -> object:
        return photos.add(user, notice, photos.Sent(given["photo"], given["taken_on"], given["place"]), at)

    came = tried(request, form, add)
    if came.done:
        messages.success(request, _("照片已经保存。"))
        return redirect("helping:notice", notice)
    labels = labels_of((), {found.application.scheme_code})
    context = {
        "notice": found,
        "title": labels.title(found.application.scheme_code),
        "period": photos.period_of(found),
        "photos": photos.photos_of(found),
        "form": form,
    }
    return render(request, "helping/posted/notice.html", context, status=came.status)


@official_required(*ROLES)
@never_cache
@require_safe
def photo(request: HttpRequest, photo: uuid.UUID) -> HttpResponse:
    """A photo as a download; the reading is recorded."""
    found = photos.photo_for(request.user, photo, timezone.now())
    subject = found.notice.application.public_id
    chain.record_read(request.user.username, "notice.photo_read", subject=subject, data={"photo": str(photo)})
    try:
        content = photos.content_of(found)
    except (vault.VaultError, FileNotFoundError) as error:
        raise Conflict(_("这张照片无法打开，可能已经损坏。请联系管理员。"), code="unreadable") from error
    ending = "png" if found.content_type == "image/png" else "jpg"
    return file_response(content, found.content_type, f"{found.taken_on:%Y-%m-%d}.{ending}")
