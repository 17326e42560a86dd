"""A bank's account is confirmed while somebody grants to it, or seals a batch for it: one waits for the other."""

from threading import Event as Flag

import pytest
from django.db import connection

from benefits import giving
from benefits.models import Due, LoanBank, LoanBankAccount
from payouts import banks, batching, files
from people.posts import appoint
from people.refusals import Refused
from tests import walking, world
from tests.benefits.loan_rows import ID
from tests.benefits.test_claims_loans import SCHEME, payers
from tests.payouts import loan_bank_rows as rows
from tests.payouts.test_loan_banks import BORROWER, banks_are_paid

pytestmark = [pytest.mark.postgres_threads, pytest.mark.slow]
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture
def walk(transactional_db):
    banks_are_paid("2026-01-01")
    walk = walking.of(SCHEME)
    walk.staff()
    return walk


@pytest.fixture
def claim(walk):
    """Before who decides, by the name of a bank that a bureau of the place registered."""
    told = {"lender": rows.NAME, "id_number": ID, "disability_certificate": BORROWER.certificate}
    claim = walking.Case(world.user("applicant"), SCHEME, walk.answers() | told, walk.at).submit()
    while claim.item_kind() != "decide":
        walk.step(claim)
    return claim


@pytest.fixture
def meanwhile(race, monkeypatch):
    """`meanwhile(module, name, first, second)`: `first` stops once it has called that function, holding what it locked,
    until `second` waits for it or is through; what came of both.
    """

    def run(module, name, first, second):
        reached, done, real = Flag(), Flag(), getattr(module, name)

        def stops(*given):
            result = real(*given)
            reached.set()
            while not done.is_set() and not somebody_waits():
                done.wait(timeout=0.02)
            return result

        def follows():
            reached.wait(timeout=60)
            try:
                return second()
            finally:
                done.set()

        monkeypatch.setattr(module, name, stops)
        return race(first, follows)

    return run


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0]


def of_place(bank, division):
    LoanBank.objects.filter(pk=bank.pk).update(division=division)


def test_who_grants_to_a_bank_does_not_confirm_its_account_at_the_same_moment(walk, claim, meanwhile):
    waiting, official, at = rows.keyed(), claim.official(), claim.later()
    of_place(waiting.bank, walk.division)
    appoint(official, walk.office("finance", "county"), "finance_checker", walking.SINCE)
    granted, refused = meanwhile(
        giving.budgets,
        "reserve",
        lambda: claim.say("grant"),
        lambda: banks.check(official, waiting.pk, True, at),
    )
    assert granted is claim
    assert isinstance(refused, Refused)
    assert refused.code == "four_eyes"
    assert (Due.objects.get().bank, LoanBankAccount.objects.get().state) == (waiting.bank, "waiting")


def test_an_account_that_is_confirmed_while_a_batch_is_sealed_is_confirmed_after_it(walk, claim, meanwhile):
    bank = rows.confirmed()
    of_place(bank, walk.division)
    claim.say("grant")
    users, early = payers(Due.objects.get()), claim.later()
    of_place(bank, world.finance().division)
    batch = batching.make(users["finance-maker"], world.finance(), SCHEME, early)
    other, late = rows.keyed(early, rows.OTHER_ACCOUNT), claim.later()
    sealed, confirmed = meanwhile(
        files,
        "write",
        lambda: batching.seal(users["finance-maker"], batch.number, late),
        # Who confirms opened the page before the other one sealed.
        lambda: banks.check(users["finance-checker"], other.pk, True, early),
    )
    assert rows.ACCOUNT in files.read(sealed, "csv").decode("utf-8-sig")
    assert confirmed.checked_at > sealed.sealed_at
