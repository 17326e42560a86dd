"""Stored files of policy documents, handed out."""

from urllib.parse import quote

from django.http import HttpResponse

from schemes.models import OriginalFile
from schemes.publication import original_files


def file_response(row: OriginalFile) -> HttpResponse:
    """A stored file as a download: nothing in it runs on this site."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(original_files.content_of(row), content_type=row.content_type, headers=headers)
