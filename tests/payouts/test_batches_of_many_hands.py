"""Sixteen makers at once for one period: each line of money in exactly one batch, numbers without a gap."""

from datetime import date

import pytest
from django.db.models import Count, Sum

from benefits.models import Budget, Due
from payouts import batching, payable
from payouts.balance import faults
from payouts.models import Batch, Payout
from people.models import User
from people.posts import appoint
from people.refusals import Conflict, Invalid
from tests import world

pytestmark = [pytest.mark.postgres_threads, pytest.mark.slow]
HANDS, A_BATCH = 16, 3
SCHEME = "dibao-phase-out"


@pytest.fixture
def owed(monkeypatch, transactional_db):
    """Four families with six months each that are all payable, and so few lines a batch that many are needed."""
    monkeypatch.setattr(payable, "LINES_A_BATCH", A_BATCH)
    cases = [world.phase_out_granted(n) for n in (0, 3, 6, 9)]
    last = Due.objects.latest("payable_from").payable_from
    return cases[0].at.replace(year=last.year, month=last.month, day=5)


def people(role):
    """Enough colleagues of one role."""
    found = [User.objects.create(username=f"{role}-{n}", full_name=f"{role}-{n}") for n in range(HANDS)]
    for user in found:
        appoint(user, world.finance(), role, date(2026, 1, 1))
    return found


def all_the_way(maker, checker, at):
    """Make, seal, check and export batches until nothing is left; the numbers of those that were made."""
    made = []
    while True:
        try:
            batch = batching.make(maker, world.finance(), SCHEME, at)
        except Conflict:
            continue  # somebody else was first with these lines: what is left is looked at again
        except Invalid as nothing:
            assert nothing.code == "nothing_payable"  # noqa: PT017 - any other refusal fails the test
            return made
        batching.seal(maker, batch.number, at)
        batching.approve(checker, batch.number, at)
        batching.export(checker, batch.number, "csv", at)
        made.append(batch.number)


def test_each_line_goes_out_in_exactly_one_batch_and_numbers_have_no_gap(owed, race):
    pairs = list(zip(people("finance_maker"), people("finance_checker"), strict=True))
    results = race(*[lambda pair=pair: all_the_way(*pair, owed) for pair in pairs])

    assert [result for result in results if isinstance(result, Exception)] == []
    numbers = sorted(number for made in results for number in made)
    assert numbers == sorted(Batch.objects.values_list("number", flat=True))
    assert [int(number[-5:]) for number in numbers] == list(range(1, len(numbers) + 1))
    assert Due.objects.count() == Payout.objects.count() == 24
    assert set(Due.objects.annotate(times=Count("payouts")).values_list("times", flat=True)) == {1}
    assert set(Payout.objects.values_list("state", flat=True)) == {"exported"}
    spent = Budget.objects.aggregate(sum=Sum("committed"))["sum"]
    assert spent == Due.objects.aggregate(sum=Sum("amount"))["sum"]
    assert faults() == []
