"""Envelopes: money is reserved before it is granted, committed before it is paid, and never twice."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from benefits import budgets
from benefits.models import Budget, Due
from payouts.overview import BAR, bar
from people.models import Division
from people.refusals import Conflict
from tests import world

pytestmark = pytest.mark.django_db
GRANT = "grad-jobseeking"
MENGZI, HONGHE = "532503", "532500"


@pytest.fixture
def case():
    return world.at_decision()


def envelope(division, amount, year=2026):
    return Budget.objects.create(
        scheme_code=GRANT, division_id=division, year=year, document="示例", amount=Decimal(amount)
    )


def due(amount, day=date(2026, 11, 1)):
    return Due(amount=Decimal(amount), payable_from=day)


def test_a_grant_reserves_its_amount_and_names_the_envelope(case):
    case.say("grant")
    owed = Due.objects.get()
    assert owed.budget == Budget.objects.get(scheme_code=GRANT, division_id=HONGHE, year=2026)
    assert owed.budget.reserved == owed.amount


def test_the_nearest_envelope_pays(case):
    county = envelope(MENGZI, "5000.00")
    case.say("grant")
    assert Due.objects.get().budget == county
    assert Budget.objects.get(scheme_code=GRANT, division_id=HONGHE, year=2026).reserved == 0


def test_the_envelope_of_another_year_scheme_or_county_does_not_pay():
    place = Division.objects.get(pk=MENGZI)
    assert budgets.envelope_for(GRANT, place, 2024) is None
    assert budgets.envelope_for("no-such-scheme", place, 2026) is None
    envelope("532502", "1.00")
    assert budgets.envelope_for(GRANT, place, 2026).division_id == HONGHE


def test_an_envelope_with_too_little_left_grants_nothing(case):
    Budget.objects.filter(scheme_code=GRANT, year=2026).update(amount=Decimal("999.99"))
    with pytest.raises(Conflict) as refusal:
        case.say("grant")
    assert refusal.value.code == "no_budget"
    assert case.application.state == "in_review"
    assert not Due.objects.exists()


def test_an_envelope_is_used_up_to_the_last_fen(case):
    Budget.objects.filter(scheme_code=GRANT, year=2026).update(amount=Decimal("1000.00"))
    case.say("grant")
    assert Due.objects.get().budget.free == 0


def test_no_envelope_grants_nothing(case):
    Budget.objects.filter(scheme_code=GRANT, year=2026).update(scheme_code="another")
    with pytest.raises(Conflict):
        case.say("grant")


def test_dues_of_two_years_are_reserved_in_both_or_in_none(case):
    near = {year: envelope(MENGZI, amount, year) for year, amount in ((2026, "500.00"), (2027, "50.00"))}
    dues = [due("100.00"), due("200.00"), due("60.00", date(2027, 1, 1))]
    with pytest.raises(Conflict), transaction.atomic():
        budgets.reserve(case.application, dues)
    near[2026].refresh_from_db()
    assert near[2026].reserved == 0
    Budget.objects.filter(pk=near[2027].pk).update(amount=Decimal("60.00"))
    budgets.reserve(case.application, dues)
    assert [one.budget.year for one in dues] == [2026, 2026, 2027]
    near[2026].refresh_from_db()
    assert near[2026].reserved == Decimal("300.00")


@pytest.mark.parametrize(
    "values",
    [
        {"reserved": Decimal("100.01")},
        {"committed": Decimal("0.01")},
        {"reserved": Decimal("-0.01")},
        {"reserved": Decimal("1.00"), "committed": Decimal("-0.01")},
        {"reserved": Decimal("5.00"), "committed": Decimal("5.01")},
    ],
)
def test_the_database_refuses_books_that_do_not_balance(values):
    one = envelope(MENGZI, "100.00")
    with pytest.raises(IntegrityError, match="budget_not_overspent"), transaction.atomic():
        Budget.objects.filter(pk=one.pk).update(**values)


def test_there_is_one_envelope_a_scheme_division_and_year():
    envelope(MENGZI, "1.00")
    with pytest.raises(IntegrityError, match="budget_once"), transaction.atomic():
        envelope(MENGZI, "2.00")


def test_more_cannot_be_committed_than_was_reserved():
    one = envelope(MENGZI, "100.00")
    with pytest.raises(IntegrityError, match="budget_not_overspent"), transaction.atomic():
        budgets.commit({one.pk: Decimal("1.00")})


@pytest.mark.parametrize(
    "reserved,committed,drawn",
    [
        ("0.00", "0.00", (0, 0, BAR)),
        ("100.00", "100.00", (BAR, 0, 0)),
        ("50.00", "25.00", (BAR // 4, BAR // 4, BAR // 2)),
        ("0.01", "0.00", (0, 1, BAR - 1)),
    ],
)
def test_the_bar_of_an_envelope_shows_its_parts(reserved, committed, drawn):
    one = Budget(amount=Decimal("100.00"), reserved=Decimal(reserved), committed=Decimal(committed))
    assert tuple(bar(one)) == drawn


def test_an_empty_envelope_can_be_drawn():
    assert tuple(bar(Budget(amount=Decimal("0.00")))) == (0, 0, BAR)
