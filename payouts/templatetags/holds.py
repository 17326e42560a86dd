"""`{% holds_of application %}`: the review page, of a lower room, shows what of a case waits before it is paid."""

from typing import Any

from django import template

from applications.models import Application
from payouts.holds.shown import held_in

register = template.Library()


@register.inclusion_tag("payouts/holds/of_case.html")
def holds_of(application: Application) -> dict[str, Any]:
    """Periods that are held, why, and since when."""
    return {"held": held_in(application)}
