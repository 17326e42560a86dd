"""`{% urging application %}`: on the applicant's own page, the button that urges whoever has the case."""

from typing import Any

from django import template
from django.utils import timezone

from applications.leave import leave_of
from applications.models import Application
from approvals.moves import urging as urged

register = template.Library()


@register.inclusion_tag("approvals/moves/urge.html", takes_context=True)
def urging(context: template.Context, application: Application) -> dict[str, Any]:
    """Whether the case can be urged now; when it was last urged, if it waits still."""
    now = timezone.now()
    items = list(urged.running(application)) if application.is_open else []
    return {
        "application": application,
        "may_urge": bool(items) and leave_of(application, now)["urge"] and not urged.too_soon(application, now),
        "urged_at": max((item.urged_at for item in items if item.urged_at), default=None),
        "csrf_token": context.get("csrf_token"),
    }
