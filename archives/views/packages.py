"""Packages, handed out to who keeps the office's files."""

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archives import access
from archives.access import ARCHIVE_ROLES
from archives.packages import asking
from audit import chain
from people.access import official_required

HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_safe
def download(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The package, frame by frame. That it was taken is recorded before the first byte is sent."""
    at = timezone.now()
    package = access.package_for(request.user, pk, at)
    frames = asking.opened(package, at)
    data = {"package": package.pk, "sha256": package.sha256}
    chain.record_read(request.user.username, "archive.package_read", subject=package.subject, data=data)
    response = StreamingHttpResponse(frames, content_type="application/zip", headers=HEADERS)
    response.headers["Content-Length"] = str(package.size)
    name = f"{package.subject}-{package.manifest_sha256[:8]}.zip"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
