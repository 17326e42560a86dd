"""Two hands at once: one wins, the other is told, and the money adds up."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum

from applications.models import Application
from audit.models import Event
from audit.verify import verify
from benefits import budgets
from benefits.models import Budget, Due
from payouts import batching
from payouts.balance import faults
from payouts.models import Batch, Payout, ReturnResult
from payouts.profiles import read_profiles
from payouts.returns import intake
from people.models import User
from people.posts import appoint
from people.refusals import Conflict, Invalid
from tests import world
from tests.payouts.returned import after, as_csv, row, sent

pytestmark = pytest.mark.postgres_threads
GRANT = "grad-jobseeking"


def second(name, role):
    """A colleague of the finance bureau."""
    user = User.objects.create(username=name, full_name=name)
    appoint(user, world.finance(), role, date(2026, 1, 1))
    return user


def test_a_due_goes_into_one_of_two_batches_made_at_once(race):
    at = world.granted().later()
    makers = [world.user("finance-maker"), second("maker-2", "finance_maker")]
    office = world.finance()
    results = race(*[lambda who=who: batching.make(who, office, GRANT, at) for who in makers * 2])
    assert sum(isinstance(result, Batch) for result in results) == 1
    assert all(isinstance(result, (Batch, Conflict, Invalid)) for result in results)
    assert Payout.objects.count() == 1


def sealed_batch(until="sealed"):
    case = world.granted()
    maker = world.user("finance-maker")
    batch = batching.make(maker, world.finance(), GRANT, case.later())
    if until == "open":
        return batch, case
    return batching.seal(maker, batch.number, case.later()), case


def test_a_batch_sealed_twice_at_once_has_one_content(race):
    batch, case = sealed_batch("open")
    makers = [world.user("finance-maker"), second("maker-2", "finance_maker")]
    at = case.later()
    results = race(*[lambda who=who: batching.seal(who, batch.number, at) for who in makers])
    assert sorted(type(result).__name__ for result in results) == ["Batch", "Conflict"]
    winner = next(result for result in results if isinstance(result, Batch))
    batch.refresh_from_db()
    assert (batch.csv, batch.csv_sha256) == (winner.csv, winner.csv_sha256)


def test_a_batch_sealed_at_once_for_two_banks_has_the_files_of_one(race):
    batch, case = sealed_batch("open")
    makers = {"gb18030-csv": world.user("finance-maker"), "gbk-fen": second("maker-2", "finance_maker")}
    at = case.later()
    results = race(*[lambda code=code: batching.seal(makers[code], batch.number, at, code) for code in makers])
    assert sorted(type(result).__name__ for result in results) == ["Batch", "Conflict"]
    batch.refresh_from_db()
    [bank] = batch.files.filter(kind="bank")
    assert bank.extension == read_profiles()[batch.profile].extension
    assert batch.files.filter(kind="pain").count() == 1
    batching.approve(world.user("finance-checker"), batch.number, at)


def test_a_batch_approved_twice_at_once_commits_its_money_once(race):
    batch, case = sealed_batch()
    checkers = [world.user("finance-checker"), second("checker-2", "finance_checker")]
    at = case.later()
    results = race(*[lambda who=who: batching.approve(who, batch.number, at) for who in checkers])
    assert sorted(type(result).__name__ for result in results) == ["Batch", "Conflict"]
    envelope = Due.objects.get().budget
    assert envelope.committed == batch.total


def test_approving_and_discarding_at_once_lets_one_of_them_happen(race):
    batch, case = sealed_batch()
    maker, checker, at = world.user("finance-maker"), world.user("finance-checker"), case.later()
    results = race(
        lambda: batching.approve(checker, batch.number, at), lambda: batching.discard(maker, batch.number, "x", at)
    )
    assert sorted(type(result).__name__ for result in results) == ["Batch", "Conflict"]
    batch.refresh_from_db()
    envelope = Due.objects.get().budget
    assert (batch.state, envelope.committed) in {("approved", batch.total), ("discarded", Decimal("0.00"))}


def test_two_first_downloads_at_once_both_get_the_same_bytes(race):
    batch, case = sealed_batch()
    maker, checker = world.user("finance-maker"), world.user("finance-checker")
    batching.approve(checker, batch.number, case.later())
    at = case.later()
    results = race(*[lambda who=who: batching.export(who, batch.number, "csv", at) for who in (maker, checker)])
    assert results[0][1] == results[1][1]
    assert Event.objects.filter(stream=batch.stream, action="batch.exported.csv").count() == 2
    assert verify().fault is None


def test_an_envelope_is_never_overspent(race):
    """Nine at once ask for 1,000 yuan each of an envelope of 5,500."""
    case = world.at_decision()
    application = Application.objects.select_related("division").get(pk=case.application.pk)
    envelope = Budget.objects.create(
        scheme_code=GRANT, division_id=application.division_id, year=2026, document="示例", amount=Decimal("5500.00")
    )

    def ask():
        due = Due(amount=Decimal("1000.00"), payable_from=date(2026, 11, 1))
        with transaction.atomic():
            budgets.reserve(application, [due])
        return due.budget_id

    results = race(*[ask] * 9)
    assert results.count(envelope.pk) == 5
    assert sum(isinstance(result, Conflict) for result in results) == 4
    envelope.refresh_from_db()
    assert envelope.reserved == Decimal("5000.00")


def test_grants_and_payouts_leave_the_books_in_balance(race):
    cases = [world.at_decision(n) for n in (2, 5, 8, 11)]
    race(*[lambda case=case: case.say("grant") for case in cases])
    maker, checker = world.user("finance-maker"), world.user("finance-checker")
    late = max(case.later() for case in cases)
    batch = batching.make(maker, world.finance(), GRANT, late)
    batching.seal(maker, batch.number, late)
    batching.approve(checker, batch.number, late)
    owed = Due.objects.aggregate(total=Sum("amount"))["total"]
    spent = Budget.objects.aggregate(reserved=Sum("reserved"), committed=Sum("committed"))
    assert spent == {"reserved": owed, "committed": owed}
    assert batch.total == owed


def test_two_people_who_confirm_one_return_file_at_once_register_it_once(race):
    batch, _cases = sent(0, 5)
    content = as_csv([row(batch, 1), row(batch, 2, "失败", "销户")])
    at = after(batch)
    file, _new = intake.upload(world.user("finance-maker"), world.finance(), content, at)
    checkers = [world.user("finance-checker"), second("checker-2", "finance_checker")]
    results = race(*[lambda who=who: intake.confirm(who, file.pk, at) for who in checkers * 2])
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Conflict", "Conflict", "ReturnFile"]
    assert ReturnResult.objects.count() == 2
    assert list(batch.payouts.order_by("line").values_list("state", flat=True)) == ["paid", "returned"]
    assert faults() == []


def test_two_files_about_the_same_lines_confirmed_at_once_count_once(race):
    batch, _cases = sent()
    at, lines = after(batch), [row(batch)]
    files = [
        intake.upload(world.user("finance-maker"), world.finance(), as_csv(lines, encoding), at)[0]
        for encoding in ("utf-8", "gb18030")
    ]
    checkers = [world.user("finance-checker"), second("checker-2", "finance_checker")]
    race(
        *[
            lambda who=who, file=file: intake.confirm(who, file.pk, at)
            for who, file in zip(checkers, files, strict=True)
        ]
    )
    assert ReturnResult.objects.count() == 1
    assert batch.payouts.get().state == "paid"
    assert faults() == []
