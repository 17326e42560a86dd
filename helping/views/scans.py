"""A sealed scan as a download. The view has checked who asks and recorded the reading."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponse
from django.utils.translation import gettext as _

from applications.views.files import file_response
from helping.models import Mandate, OrganisationLetter, Renewal
from people import vault
from people.refusals import Conflict

Scanned = TypeVar("Scanned", Mandate, OrganisationLetter, Renewal)
ENDINGS = {"application/pdf": "pdf", "image/png": "png"}


def download(found: Scanned, scan_of: Callable[[Scanned], bytes]) -> HttpResponse:
    """The scan of a row under the row's public number. Raises Conflict where it cannot be opened."""
    try:
        content = scan_of(found)
    except (vault.VaultError, FileNotFoundError) as error:
        raise Conflict(_("这份扫描件无法打开，可能已经损坏。请联系管理员。"), code="unreadable") from error
    ending = ENDINGS.get(found.content_type, "jpg")
    return file_response(content, found.content_type, f"{found.public_id}.{ending}")
