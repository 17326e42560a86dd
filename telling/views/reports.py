"""Where the gateway reports whether a text message arrived."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from people.refusals import NotFound
from telling import reports


@csrf_exempt  # a program posts here, without a session; its signature stands for it
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take a report. Without the right signature the address does not exist; what is no report answers 400."""
    at, headers = timezone.now(), request.headers
    signed = reports.is_signed(headers.get("X-Zhida-Time", ""), request.body, headers.get("X-Zhida-Signature", ""), at)
    if not signed:
        raise NotFound()
    report = reports.read(request.body)
    if report is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    reports.note(report, at)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
