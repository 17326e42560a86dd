"""A bank's list that was kept, and true rows of one, for breaking the constraints of the database from them."""

import hashlib
from datetime import datetime

from approvals.claims import loan_lists_kept
from approvals.claims.loans import Judged
from approvals.models import LoanList, LoanListLine
from benefits.claims.loan_lists import lines_of
from people import vault
from people.models import User
from people.synthetic import synthetic_person
from people.tables import table_of
from tests import world

HEAD = "借款合同编号,身份证号码,起息日,计息天数,计息本金,年利率,利息"
ID = synthetic_person(41, "532503", (1980, 2000)).id_number
GOOD = ["HT-001", ID, "2026-06-21", "90", "100000.00", "4.00", "1000.00"]


def sheet(*rows: list[str]) -> bytes:
    """The rows as a bank's CSV."""
    return "\n".join([HEAD, *(",".join(row) for row in rows)]).encode()


def kept(user: User, at: datetime) -> LoanList:
    """A list of one loan that nobody claims interest for."""
    content = sheet(GOOD)
    judged = [Judged(line, "unknown", None, (), None, None) for line in lines_of(table_of(content))]
    office = user.posts.order_by("office").first().office
    return loan_lists_kept.keep(user, office, content, hashlib.sha256(content).hexdigest(), judged, at).kept


def loan_list() -> LoanList:
    """A list that was brought."""
    return kept(world.user("county-reviewer"), world.START)


def loan_list_again() -> LoanList:
    """The same, as it would be written once more with a key of its own."""
    row, key = loan_list(), vault.new_data_key()
    key.save()
    row.data_key = key
    return row


def loan_line() -> LoanListLine:
    """What came of its line."""
    return loan_list().lines.get()
