"""`{% unread_notices user as count %}`: how many notices somebody has not read."""

from typing import Any

from django import template

from telling import reading

register = template.Library()


@register.simple_tag
def unread_notices(user: Any) -> int:
    """How many notices of the site wait to be read; none for a visitor."""
    return reading.unread(user) if user.is_authenticated else 0
