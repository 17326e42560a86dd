"""Whatever is handed out as a file runs nothing: no script, no form, no sniffing, whoever wrote the view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SANDBOX = "sandbox; default-src 'none'"


class DownloadMiddleware:
    """Adds what an attachment needs and its view forgot."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A policy that a view set itself stays."""
        response = self.get_response(request)
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            response.headers.setdefault("Content-Security-Policy", SANDBOX)
            response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response
