"""The list of banks: their accounts are read with them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from payouts import banks
from tests import institution, world
from tests.payouts import loan_bank_rows as rows

pytestmark = pytest.mark.django_db


def statements():
    """How many it takes to show the accounts, and these."""
    with CaptureQueriesContext(connection) as told:
        accounts = banks.Accounts()
        found = [accounts.of(bank).account for bank in banks.banks_of(world.user("finance-checker"), rows.AT)]
    return len(told), found


def test_more_banks_need_no_more_statements():
    rows.confirmed()
    one, _accounts = statements()
    second = rows.said(rows.OTHER_ACCOUNT, uscc=institution.code_of(8), name="另一家示例银行")
    waiting = banks.key_in(world.user("finance-maker"), world.finance().pk, second, rows.AT)
    banks.check(world.user("finance-checker"), waiting.pk, True, rows.AT)
    two, accounts = statements()
    assert (two, set(accounts)) == (one, {rows.ACCOUNT, rows.OTHER_ACCOUNT})
