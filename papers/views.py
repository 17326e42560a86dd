"""Public pages that tell whether a paper is genuine and valid, and no more than that."""

import logging
import time

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from papers.codes import normalised
from papers.models import Paper

log = logging.getLogger(__name__)
LOOK_UPS_A_MINUTE = 30


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The form; a code given in the address leads to its result."""
    code = normalised(request.GET.get("code", ""))
    if code:
        return redirect("papers:result", code=code)
    return render(request, "papers/verify.html", {"asked": "code" in request.GET})


@require_safe
def result(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of a code: 404 with advice when nothing is, 429 when somebody tries too many."""
    if not _allowed(request):
        return render(request, "429.html", status=429)
    paper = Paper.objects.filter(verify_code=normalised(code)).select_related("office", "superseded_by").first()
    if paper is None:
        return render(request, "papers/unknown.html", {"code": normalised(code)[:20]}, status=404)
    return render(request, "papers/result.html", {"paper": paper})


def _allowed(request: HttpRequest) -> bool:
    address = request.META.get("REMOTE_ADDR", "")
    key = f"verify:{address}:{int(time.time() // 60)}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) <= LOOK_UPS_A_MINUTE
