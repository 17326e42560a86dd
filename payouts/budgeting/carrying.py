"""结转: what is left of an envelope when its year ends goes into the next one; proposed by one, confirmed by another.

What is reserved stays, with its money, in the envelope it was reserved in and is paid from there, so that every due
keeps its envelope and the sums keep adding up.
"""

# assumed: money of all four funds may be carried over whole.

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from benefits.budgets import tranches
from benefits.models import Budget, BudgetRequest, Tranche
from payouts import scope
from payouts.budgeting import who
from payouts.budgeting.asking import Asked, write
from people.models import User
from people.refusals import Conflict, Invalid


def propose(user: User, pk: int, reason: str, at: datetime) -> BudgetRequest:
    """Propose to carry over what is free in an envelope of a year that is over, or of the last month of this one.

    Raises NotFound, Refused for a colleague without the role, Invalid where nothing is left or the year runs still,
    Conflict where it is proposed already.
    """
    budget = who.envelope_of(user, pk, at)
    office = next(one for one in scope.finance_offices(user, at) if one.division_id == budget.division_id)
    scope.require(user, scope.MAKER, office, at)
    if not may_carry(budget, at):
        raise Invalid(_("年度还没有结束，或者没有可以结转的余额。结转从当年12月起提出。"), code="nothing_to_carry")
    if not reason.strip():
        raise Invalid(errors={"reason": _("请写明理由。")})
    asked = Asked(BudgetRequest.Kind.CARRY_OVER, budget.scheme_code, budget.year, budget.free, reason)
    return write(user, office, asked, budget.division, at)


def may_carry(budget: Budget, at: datetime) -> bool:
    """Whether something is left of an envelope whose year is over, or in its last month (Beijing time)."""
    today = timezone.localdate(at)
    return budget.free > 0 and (today.year > budget.year or (today.year, today.month) == (budget.year, 12))


def carry(request: BudgetRequest, number: str, dated: date, at: datetime) -> None:
    """Move it, inside the transaction that confirms it. Raises Conflict where what is free changed since."""
    source, target = tranches.pair(
        request.scheme_code, (request.division_id, request.year), (request.division_id, request.year + 1), number
    )
    free = source.free
    if free != request.amount:
        raise Conflict(
            _("提出后余额有变化，现在是%(free)s元。请不批准这次结转，由提出人重新提出。")
            % {"free": f"{source.free:.2f}"},
            code="rest_changed",
        )
    document = tranches.inherited(source, number, dated)
    kinds = (Tranche.Kind.CARRY_OUT, Tranche.Kind.CARRY_IN)
    tranches.move(source, target, request.amount, document, kinds, at, request)
