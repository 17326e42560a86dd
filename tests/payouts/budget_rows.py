"""Money that is asked for and brought, for tests; true rows of it for the museum of broken ones."""

from datetime import datetime, timedelta
from decimal import Decimal

from approvals.waiting import listing
from benefits.budgets.tranches import Shares
from benefits.models import Budget, BudgetRequest, Tranche, WaitingPlace
from payouts.budgeting import asking, carrying, deciding
from payouts.budgeting.asking import Asked
from payouts.budgeting.deciding import Brought
from people.models import Office
from project.demo.clerks import Case
from project.demo.directory import HONGHE, MENGZI
from tests import stages, world

GRANT = "grad-jobseeking"
AT = world.START
SHARES = Shares(5000, 3000, 2000)


def line_office() -> Office:
    """The bureau of Mengzi for which the county's supervisor asks."""
    return stages.office("hrss")


def envelope(scheme: str = GRANT, year: int = 2026, division: str = HONGHE) -> Budget:
    """The envelope as it stands."""
    return Budget.objects.get(scheme_code=scheme, division_id=division, year=year)


def asked(amount: str = "1000.00", kind: str = "increase", **changes: object) -> Asked:
    """What is asked for."""
    return Asked(
        **{"kind": kind, "scheme": GRANT, "year": 2026, "amount": Decimal(amount), "reason": "示例理由"} | changes
    )


def by_line_office(amount: str = "1000.00", at: datetime = AT) -> BudgetRequest:
    """A line office asks for more."""
    return asking.ask(world.user("county-supervisor"), line_office().pk, asked(amount), at)


def by_finance(kind: str, amount: str = "1000.00", at: datetime = AT, **changes: object) -> BudgetRequest:
    """The maker of the finance bureau proposes something."""
    return asking.ask(world.user("finance-maker"), world.finance().pk, asked(amount, kind, **changes), at)


def document(number: str = "示例财预〔2026〕8号", at: datetime = AT, **changes: object) -> Brought:
    """The document with which it is approved."""
    given = {
        "number": number,
        "dated": at.date(),
        "source": "employment",
        "function_code": "20807",
        "economic_code": "303",
        "shares": SHARES,
    }
    return Brought(**given | changes)


def approved(request: BudgetRequest, at: datetime | None = None, **changes: object) -> BudgetRequest:
    """The same, approved by the checker."""
    when = at or request.requested_at + timedelta(hours=1)
    return deciding.approve(world.user("finance-checker"), request.pk, document(at=when, **changes), when)


def split(amount: str = "1000.00", to: str = MENGZI) -> Budget:
    """A county's envelope that got a part of the prefecture's."""
    approved(by_finance("split", amount, to=to))
    return envelope(division=to)


def carried() -> BudgetRequest:
    """The rest of last year's envelope, proposed to be carried over."""
    return carrying.propose(world.user("finance-maker"), envelope(year=2025).pk, "年终结转", AT)


def brought() -> Tranche:
    """Money that came in with a document."""
    return approved(by_line_office()).tranches.get()


def short(n: int = 2, leaves: str = "0.00") -> Case:
    """A case before its approver, for which the money does not reach: `leaves` yuan are free."""
    case = world.at_decision(n)
    leave(leaves, case.at)
    return case


def leave(amount: str, at: datetime) -> None:
    """Take money out until so much is free."""
    over = envelope().free - Decimal(amount)
    if over > 0:
        approved(by_finance("decrease", str(over), at=at), at)


def bring(amount: str, at: datetime) -> None:
    """Bring money in."""
    approved(by_finance("increase", amount, at=at), at)


def listed(n: int = 2) -> Case:
    """A case on the waiting list."""
    case = short(n)
    listing.enlist(world.user("prefecture-approver"), case.public_id, case.later())
    return case


def waiting() -> WaitingPlace:
    """Its place, as it would be written once more for another case."""
    place = listed().application.waiting_place
    place.application = world.at_decision(5).application
    return place
