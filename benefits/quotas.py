"""Quotas 名额: how many can be granted in a division in a calendar year, where policy says so.

The count is a counter row that stays locked until the decision is committed: the last place is given once.
"""

from django.utils.translation import gettext as _

from applications.door import Case
from applications.models import Application
from applications.places import Pool, pool_for
from papers import numbering
from people.refusals import Conflict
from schemes.policies import ResolvedValue, resolve_for


def take_place(case: Case) -> None:
    """Take a place for a grant: of its county's own, or of the rest.

    Raises Conflict when none is left this year, or when the places were split anew meanwhile.
    """
    value = quota_of(case.application)
    if value is None:
        return
    before = _pool(case.application, value)
    if before.first:
        numbering.hold(before.first)
    given = numbering.take(before.key)
    pool = _pool(case.application, value)
    if pool.key != before.key:
        raise Conflict(_("名额刚刚重新分配，没有办理。请刷新后再办。"), code="quota_split")
    if given > pool.places:
        raise Conflict(
            _("本年度名额（%(places)s名）已满，不能再批准。请不予批准并说明理由，或者等候新的名额。")
            % {"places": pool.places},
            code="quota_full",
        )


def places_left(application: Application) -> int | None:
    """How many places are left for a case in its year; None where there is no quota."""
    value = quota_of(application)
    return None if value is None else _pool(application, value).left


def quota_of(application: Application) -> ResolvedValue | None:
    """The quota that holds for a placed case, None where policy sets none."""
    if application.division_id is None or application.policy_date is None:
        return None
    policy = resolve_for(application.definition, application.division_id, application.policy_date)
    return policy.values.get("quota")


def _pool(application: Application, value: ResolvedValue) -> Pool:
    return pool_for(application.scheme_code, value, application.division.lineage, application.policy_date)
