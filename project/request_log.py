"""One line a request: which page, how it ended, how long it took, for whom; never an address with a case in it."""

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("zhida.requests")
HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[0-9A-Za-z-]{8,64}")
QUIET = frozenset({"livez", "readyz", "metrics"})


class RequestLogMiddleware:
    """Gives each request a number (the proxy's, where it sends one), which every line logged and the answer carry."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Number, answer, note."""
        given, begun = request.headers.get(HEADER, ""), time.perf_counter()
        number = given if ACCEPTED.fullmatch(given) else uuid4().hex
        with structlog.contextvars.bound_contextvars(request=number):
            response = self.get_response(request)
            _note(request, response, time.perf_counter() - begun)
        response[HEADER] = number
        return response


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """The page goes by its name in the site map: an address may hold the number of a case."""
    match = request.resolver_match
    page = match.view_name if match else "unknown"
    if page in QUIET and response.status_code < 500:
        return
    user = getattr(request, "_cached_user", None)  # only if the page itself asked who it is: a log line costs no query
    who = (user.pk or 0) if user else 0
    words = (request.method, page, response.status_code, seconds * 1000, who)
    log.info("%s %s %d in %.0f ms for user %d", *words)
