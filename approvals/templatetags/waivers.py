"""`{% own_waiver application %}`: what a holder reads of a waiver on the page of their own case."""

from typing import Any

from django import template

from applications.models import Application
from approvals.waivers.acting import keeper_of
from approvals.waivers.shown import shown_of
from benefits.waivers import changes

register = template.Library()


@register.inclusion_tag("approvals/waivers/own.html")
def own_waiver(application: Application) -> dict[str, Any]:
    """Dates, what is owed by whom, the next check, and the way to tell of a change; nothing of other cases."""
    waived = application.definition.benefit_kind == "waiver" and not application.is_ex_officio
    found = shown_of(application) if waived else None
    return {
        "application": application,
        "found": found,
        "keeper": keeper_of(application) if found else None,
        "may_change": found is not None and changes.may_report(application),
    }
