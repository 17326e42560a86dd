"""Where the money of envelopes comes from, who bears it, and what became of it."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from benefits.budgets import tranches
from benefits.budgets.shares import Borne, borne, divide
from benefits.budgets.tranches import Document, Shares
from benefits.budgets.using import Used, by_document, by_month, outlook
from benefits.models import Budget, Due, Tranche
from people.refusals import Conflict, Invalid
from tests import world
from tests.payouts import budget_rows
from tests.payouts.budget_rows import AT, GRANT, SHARES, envelope

pytestmark = pytest.mark.django_db


def paper(number="示例财预〔2026〕3号", source="employment", shares=SHARES):
    return Document(number, AT.date(), source, shares, "20807", "303")


def put(amount, document=None, kind="opening", at=AT):
    with transaction.atomic():
        budget = tranches.locked(envelope().pk)[envelope().pk]
        return tranches.append(budget, kind, Decimal(amount), document or paper(), at)


def amounts():
    return sum(Tranche.objects.filter(budget=envelope()).values_list("amount", flat=True)), envelope().amount


def test_an_envelope_holds_what_its_documents_brought():
    before = envelope().amount
    put("1234.56")
    assert amounts() == (before + Decimal("1234.56"),) * 2


def test_a_tranche_cannot_be_edited_or_deleted():
    tranche = put("1.00")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Tranche.objects.filter(pk=tranche.pk).update(amount=Decimal("2.00"))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Tranche.objects.filter(pk=tranche.pk).delete()


def test_nothing_reserved_can_be_taken_away():
    owed = world.granted().application.amount
    free = envelope().free
    request = budget_rows.by_finance("decrease", str(free))
    budget_rows.approved(request)
    assert envelope().amount == owed
    with pytest.raises(Invalid) as refusal:
        budget_rows.by_finance("decrease", "0.01")
    assert f"已预留{owed:.2f}元" in refusal.value.errors["amount"]


def test_what_was_reserved_since_it_was_asked_is_not_taken_away():
    request = budget_rows.by_finance("decrease", str(envelope().free))
    world.granted()
    before = amounts()
    with pytest.raises(Conflict) as refusal:
        budget_rows.approved(request)
    assert refusal.value.code == "below_reserved"
    assert amounts() == before


def test_money_of_another_fund_is_not_mixed_in():
    with pytest.raises(Invalid) as refusal:
        put("1.00", paper(source="lottery"))
    assert "就业补助资金" in refusal.value.errors["source"]


@pytest.mark.parametrize("parts", [(5000, 3000, 1999), (5000, 5001, 0), (11000, -1000, 0)])
def test_shares_that_do_not_add_up_are_refused(parts):
    with pytest.raises(Invalid):
        put("1.00", paper(shares=Shares(*parts)))


def test_a_part_for_a_county_leaves_one_envelope_and_enters_the_other():
    before = envelope().amount
    county = budget_rows.split("3000.00")
    assert (envelope().amount, county.amount) == (before - 3000, Decimal("3000.00"))
    [out, into] = Tranche.objects.exclude(request=None).order_by("amount")
    assert (out.amount, into.amount, out.request) == (-3000, 3000, into.request)
    assert (into.source, into.province) == ("employment", SHARES.province)


def test_more_than_is_free_is_not_given_to_a_county():
    with pytest.raises(Invalid):
        budget_rows.by_finance("split", str(envelope().free + 1), to="532503")


@given(fen=st.integers(1, 10**9), province=st.integers(0, 10_000), rest=st.integers(0, 10_000))
def test_shares_of_a_sum_are_whole_fen_and_add_up(fen, province, rest):
    prefecture = min(rest, 10_000 - province)
    shares = Shares(province, prefecture, 10_000 - province - prefecture)
    amount = Decimal(fen) / 100
    found = divide(amount, shares)
    assert found.total == amount
    for part, weight in zip((found.province, found.prefecture, found.county), vars(shares).values(), strict=True):
        assert abs(part * 10_000 - amount * weight) < 100


def test_the_odd_fen_goes_to_the_higher_level():
    assert divide(Decimal("0.01"), Shares(3334, 3333, 3333)) == Borne(province=Decimal("0.01"))
    assert divide(Decimal("0.03"), Shares(5000, 5000, 0)) == Borne(Decimal("0.02"), Decimal("0.01"))


def test_each_due_is_borne_by_the_shares_it_was_reserved_under():
    case = world.granted()
    amount = case.application.amount
    put("10.00", paper(shares=Shares(0, 0, 10_000)), at=case.at + timedelta(hours=1))
    found = borne(Due.objects.filter(application=case.application))
    assert found == divide(amount, SHARES)
    assert found.total == amount


def test_what_every_due_bears_adds_up_over_many(django_assert_num_queries):
    world.granted()
    world.phase_out_granted()
    with django_assert_num_queries(2):
        found = borne(Due.objects.all())
    assert found.total == sum(Due.objects.values_list("amount", flat=True))
    assert found.unstated == 0


def test_an_envelope_without_documents_says_so():
    case = world.at_decision()
    Budget.objects.create(scheme_code=GRANT, division_id="532503", year=2026, document="旧", amount=Decimal("9000"))
    case.say("grant")
    assert borne(Due.objects.all()) == Borne(unstated=case.application.amount)


def rows(*amounts):
    return [SimpleNamespace(amount=Decimal(amount)) for amount in amounts]


def test_documents_are_used_in_the_order_they_came():
    used = Used(Decimal(90), Decimal(70), Decimal(60), Decimal(50))
    first, second = by_document(rows(50, 60, -20), used)
    assert (first.used.allotted, first.used.reserved, first.used.committed, first.used.paid) == (50, 50, 50, 50)
    assert (second.used.allotted, second.used.reserved, second.used.committed, second.used.free) == (40, 20, 10, 20)


def test_commitments_are_told_month_by_month():
    case = world.phase_out_granted(months=6)
    dues = Due.objects.filter(application=case.application)
    months = by_month(dues)
    assert len(months) == 6
    assert sum(month.total for month in months) == sum(due.amount for due in dues)


def test_how_many_more_cases_an_envelope_carries():
    assert outlook(envelope()) is None
    amount = world.granted().application.amount
    found = outlook(envelope())
    assert (found.typical, found.cases, found.more) == (amount, 1, int(envelope().free / amount))
