"""What pages of the second step say of one that was lost."""

from django import template

from people.models import LostFactor, User
from project.sign_in import lost_factor

register = template.Library()


@register.simple_tag
def lost_factor_of(user: User) -> LostFactor | None:
    """What is under way for the account."""
    return lost_factor.waiting_of(user)


@register.simple_tag
def lost_factor_hours() -> int:
    """How long an applicant waits after the counter."""
    return lost_factor.hours("counter_wait_hours")
