"""The waiting list on a case: `{% waiting_panel %}` for officials, `{% waiting_line %}` for the applicant."""

from typing import Any

from django import template
from django.utils import timezone

from applications.models import Application
from approvals.waiting.listing import panel_of
from benefits.budgets.waiting import standing_of
from people.models import User

register = template.Library()


@register.inclusion_tag("approvals/waiting/panel.html", takes_context=True)
def waiting_panel(context: template.Context, application: Application, user: User) -> dict[str, Any]:
    """Where the case stands, and the button that puts it on the list."""
    panel = panel_of(user, application, timezone.now())
    return {"panel": panel, "application": application, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("approvals/waiting/line.html")
def waiting_line(application: Application) -> dict[str, Any]:
    """The applicant's place, in plain words."""
    return {"standing": standing_of(application, timezone.now()) if application.is_open else None}
