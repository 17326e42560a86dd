"""Quotas 名额: how many can be granted in a division in a calendar year, where policy says so.

The count is a counter row that stays locked until the decision is committed: the last place is given once.
"""

from datetime import date

from django.utils.translation import gettext as _

from applications import opening
from applications.door import Case
from applications.models import Application
from papers import numbering
from people.refusals import Conflict
from schemes.policies import ResolvedValue, resolve_for
from schemes.rules.windows import quota


def take_place(case: Case) -> None:
    """Take a place for a grant. Raises Conflict when none is left this year."""
    value = quota_of(case.application)
    if value is None:
        return
    places = quota(value.value)
    if numbering.take(opening.quota_key(*_place(case.application, value))) > places:
        raise Conflict(
            _("本年度名额（%(places)s名）已满，不能再批准。请不予批准并说明理由，或者等候新的名额。")
            % {"places": places},
            code="quota_full",
        )


def places_left(application: Application) -> int | None:
    """How many places are left in the year of a case; None where there is no quota."""
    value = quota_of(application)
    if value is None:
        return None
    return max(0, quota(value.value) - numbering.taken(opening.quota_key(*_place(application, value))))


def quota_of(application: Application) -> ResolvedValue | None:
    """The quota that holds for a placed case, None where policy sets none."""
    if application.division_id is None or application.policy_date is None:
        return None
    policy = resolve_for(application.definition, application.division_id, application.policy_date)
    return policy.values.get("quota")


def _place(application: Application, value: ResolvedValue) -> tuple[str, str, date]:
    return application.scheme_code, value.division_code, application.policy_date
