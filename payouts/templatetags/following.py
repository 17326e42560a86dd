"""`{% what_followed application %}`: a page of a lower room shows what the upper rooms know of a granted case."""

from typing import Any

from django import template
from django.utils import timezone

from applications.leave import leave_of
from applications.models import Application
from payouts import following, now

register = template.Library()


@register.inclusion_tag("payouts/what_followed.html")
def what_followed(application: Application) -> dict[str, Any]:
    """The answer of another office, the waiver, the months and the payments of a case."""
    return {
        "application": application,
        "may": leave_of(application, timezone.now()),
        "following": following.followed_once(application),
        "answered": following.answered(application),
    }


@register.inclusion_tag("payouts/now.html")
def what_is_now(application: Application, otherwise: str) -> dict[str, Any]:
    """In the box on top: what is so now of a granted case; `otherwise` while there is no more to tell."""
    may = leave_of(application, timezone.now())
    return {"now": now.now_of(application), "otherwise": otherwise, "may": may}


@register.simple_tag
def accounts_wanted(cards: list[dict[str, Any]]) -> set[int]:
    """Of the cases of a list, those whose account has to be corrected."""
    return now.accounts_wanted([card["application"] for card in cards])
