"""Something real behind the addresses of notices and ratings."""

from applications import actions
from approvals.ratings.rating import Rated, rate
from tests import world


def arguments() -> dict[str, object]:
    """A bad rating of a case that was taken back, and the channel of an address."""
    case = world.grant(6).submit()
    actions.withdraw(case.user, case.public_id, case.at)
    bad = rate(case.user, case.public_id, Rated(2, ("slow",), "等了很久。"), case.at)
    return {"channel": "email", "approvals:rating.pk": bad.pk, "own:rate.public_id": case.public_id}
