"""/metrics: numbers for a monitoring system that shows the site's token, and for nobody else.

Besides what django-prometheus counts: how much waits, and when the clock last ran. No number tells of a person.
"""

import hmac
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from papers.models import Paper
from workflows.models import WorkItem

CLOCK = "clock"
HELP = {
    "zhida_work_items_open": "Seats that wait for an official",
    "zhida_work_items_overdue": "Of these, past their day",
    "zhida_papers_waiting": "Papers that wait to be rendered",
    "zhida_papers_failed": "Papers given up, until somebody tries again",
    "zhida_tasks_waiting": "Background tasks that wait for the worker",
    "zhida_clock_age_seconds": "Since the clock last ran; -1 before the first time",
    "zhida_clock_failed_jobs": "Jobs that failed when it last ran",
}


def clock_ran(at: datetime, done: dict[str, int]) -> None:
    """Note that the clock ran, and how many jobs failed; kept where every process can read it."""
    cache.set(CLOCK, (at, sum(count < 0 for count in done.values())), timeout=None)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers as text. 404 without the right token, as if there were no such page."""
    if not _may_read(request):
        raise Http404
    response = ExportToDjangoView(request)
    registry = CollectorRegistry()
    registry.register(_Waiting())
    response.content += generate_latest(registry)
    return response


def _may_read(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


class _Waiting(Collector):
    """Counted when asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each gauge once."""
        for name, value in _numbers(timezone.now()).items():
            gauge = GaugeMetricFamily(name, HELP[name])
            gauge.add_metric([], value)
            yield gauge


def _numbers(now: datetime) -> dict[str, float]:
    open_items = WorkItem.objects.filter(closed_at__isnull=True)
    ran_at, failed = cache.get(CLOCK) or (None, 0)
    return {
        "zhida_work_items_open": open_items.count(),
        "zhida_work_items_overdue": open_items.filter(due_at__lt=now, paused_at=None).count(),
        "zhida_papers_waiting": Paper.objects.filter(state=Paper.State.QUEUED).count(),
        "zhida_papers_failed": Paper.objects.filter(state=Paper.State.FAILED).count(),
        "zhida_tasks_waiting": DBTaskResult.objects.ready().count(),
        "zhida_clock_age_seconds": (now - ran_at).total_seconds() if ran_at else -1,
        "zhida_clock_failed_jobs": failed,
    }
