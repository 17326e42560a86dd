"""What the case pages show of a benefit that is claimed period by period."""

from typing import Any

from django import template
from django.utils import timezone

from applications.leave import leave_of
from applications.models import Application
from approvals.claims.shown import periods_of
from benefits.claims import following
from people.models import User

register = template.Library()


@register.inclusion_tag("approvals/claims/own.html")
def own_periods(application: Application, user: User) -> dict[str, Any]:
    """On one's own case page: the periods so far, and the button for the next one."""
    found, now = None, timezone.now()
    if application.decided_at is not None:
        found = periods_of(application, Application.objects.filter(filed_by=user), now)
    return {"application": application, "found": found, "user": user, "may": leave_of(application, now)}


@register.inclusion_tag("approvals/claims/door.html")
def periods_door(application: Application) -> dict[str, Any]:
    """On the review page: the way to the periods, also from a short claim that follows one."""
    about = application.continues or application
    return {
        "application": application,
        "continues": application.continues,
        "about": about if following.entitlement_of(about) else None,
    }
