"""Pages travel packed: many pay by the megabyte. What is packed already (PDF, XLSX, photos) stays as it is."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED_WELL = ("text/", "application/json", "image/svg+xml")


class PackTextMiddleware(GZipMiddleware):
    """Django's own, which hides lengths from eavesdroppers (BREACH), for texts alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack a text, pass on the rest."""
        if response.headers.get("Content-Type", "").startswith(PACKED_WELL):
            return super().process_response(request, response)
        return response
