"""`{% own_waiver application %}`: what a holder reads of a waiver on the page of their own case."""

from typing import Any

from django import template
from django.utils import timezone

from applications.leave import leave_of
from applications.models import Application
from approvals.waivers.acting import keeper_of
from approvals.waivers.listing import to_revive
from approvals.waivers.shown import shown_of
from benefits.waivers import changes
from people.models import User

register = template.Library()


@register.simple_tag
def waivers_to_revive(user: User) -> int:
    """How many waivers a ground for revival was found of that nobody has taken up."""
    return to_revive(user, timezone.now())


@register.inclusion_tag("approvals/waivers/own.html")
def own_waiver(application: Application) -> dict[str, Any]:
    """Dates, what is owed by whom, the next check, and the way to tell of a change; nothing of other cases."""
    waived = application.definition.benefit_kind == "waiver" and not application.is_ex_officio
    found = shown_of(application) if waived else None
    may = leave_of(application, timezone.now())
    return {
        "application": application,
        "found": found,
        "keeper": keeper_of(application) if found else None,
        "may_change": found is not None and may["report"] and changes.may_report(application),
    }
