"""`{% own_milestones application %}`: the instalments of a grant on the page of one's own case."""

from typing import Any

from django import template
from django.utils import timezone

from applications.leave import leave_of
from applications.models import Application
from approvals.milestones.shown import milestones_of

register = template.Library()


@register.inclusion_tag("approvals/milestones/own.html")
def own_milestones(application: Application) -> dict[str, Any]:
    """Each instalment with its day, what has to be shown, how far it is, and the way to report it."""
    of_organisation = application.definition.benefit_kind == "institution_grant" and not application.is_ex_officio
    now = timezone.now()
    rows = milestones_of(application, now) if of_organisation else []
    return {"application": application, "rows": rows, "may": leave_of(application, now)}
