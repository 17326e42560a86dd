"""`{% what_followed application %}`: a page of a lower room shows what the upper rooms know of a granted case."""

from typing import Any

from django import template

from applications.models import Application
from payouts import following

register = template.Library()


@register.inclusion_tag("payouts/what_followed.html")
def what_followed(application: Application) -> dict[str, Any]:
    """The answer of another office, the waiver, the months and the payments of a case."""
    return {
        "application": application,
        "following": following.what_followed(application),
        "answered": following.answered(application),
    }
