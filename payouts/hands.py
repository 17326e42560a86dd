"""Whose hands are clean: who had no part in a case, and nobody close to them is a party, may touch its money.

Who went to see whether an instalment is reached, or confirmed it, took no stage of the case, and has a part in it.
"""

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from applications import door
from approvals.models import MilestoneRuling, Visit
from people.models import User


def took_part(user: User, application_ids: Collection[int]) -> bool:
    """Whether the user had a part in one of these cases, or is close to a party."""
    return bool(part_in(user, application_ids))


def part_in(user: User, application_ids: Collection[int]) -> str:
    """The same in the reader's language, which part it was; "" for none.

    The queries are as many for one case as for a thousand.
    """
    cases = sorted(set(application_ids))
    if door.took_part(user, cases):
        return _("您参与办理过其中的申请，或者是当事人、近亲属")
    went = Q(first_official=user) | Q(second_official=user)
    if Visit.objects.filter(went, application__in=cases).exclude(state=Visit.State.CANCELLED).exists():
        return _("您参加过其中补助项目的现场核查")
    if MilestoneRuling.objects.filter(decided_by=user, milestone__application__in=cases).exists():
        return _("您确认过其中补助项目的分期节点")
    return ""
