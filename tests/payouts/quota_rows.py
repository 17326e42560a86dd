"""Places of a year split by county, for tests; a row for breaking the constraints of the database from it."""

from applications.models import QuotaShare
from tests import world
from tests.payouts import budget_rows


def asked() -> QuotaShare:
    """A county's office asks for five places of its prefecture."""
    return QuotaShare.objects.create(
        scheme_code=budget_rows.GRANT,
        division_id=budget_rows.HONGHE,
        year=2026,
        to_division_id=budget_rows.MENGZI,
        places=5,
        reason="按上年人数测算",
        office=budget_rows.line_office(),
        requested_by=world.user("county-supervisor"),
        requested_at=world.START,
    )
