"""True rows of ex officio proceedings and complaints, for breaking the constraints of the database from them."""

from decimal import Decimal

from approvals.complaints import filing
from approvals.models import Complaint, Proceeding
from benefits.models import Recovery
from tests import world
from tests.approvals import exofficio


def proceeding() -> Proceeding:
    """A revocation that was opened and not told of yet."""
    return exofficio.about_grant().proceeding


def told() -> Proceeding:
    """A revocation the person was told of."""
    return exofficio.about_grant().tell().proceeding


def proceeding_of_another_case() -> Proceeding:
    """A revocation, as it would stand in a case of its own."""
    row = proceeding()
    row.application = world.grant(4).application
    return row


def recovery() -> Recovery:
    """A claim, as it would be written once more for another case."""
    case = world.granted().application
    return Recovery(application=case, decided_in=case, amount=Decimal("1.00"), recorded_at=world.START)


def complaint() -> Complaint:
    """A complaint nobody has answered."""
    case = world.grant().submit()
    return filing.complain(case.user, case.public_id, filing.Complained("service", "一直没有答复。"), case.later())
