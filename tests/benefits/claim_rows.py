"""True rows of a periodic benefit, for breaking the constraints of the database from them."""

from benefits.models import ClaimedMonth, Entitlement, PeriodClaim
from tests import world
from tests.benefits import claimed


def entitlement() -> Entitlement:
    """Two of six months are had."""
    claimed.publish()
    claimed.granted("2026-06-01", 2)
    return Entitlement.objects.get()


def entitlement_of_another_case() -> Entitlement:
    """The same, as another case would open it."""
    row = entitlement()
    row.application = world.granted().application
    return row


def claim() -> PeriodClaim:
    """The claim that opened it."""
    return entitlement().claims.get()


def month() -> ClaimedMonth:
    """A month of it."""
    return claim().taken.order_by("month").first()
