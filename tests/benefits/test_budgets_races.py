"""Fifty at once: an envelope is never overspent, on PostgreSQL and on SQLite."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from applications.models import Application
from benefits import budgets
from benefits.models import Budget, Due, Tranche
from payouts.budgeting import deciding
from people.posts import appoint
from people.refusals import Conflict
from tests import world
from tests.payouts import budget_rows
from tests.payouts.budget_rows import envelope

EACH = Decimal("1000.00")


def asking_for(application):
    """One grant's reservation, in a transaction of its own."""

    def ask():
        with transaction.atomic():
            budgets.reserve(application, [Due(amount=EACH, payable_from=date(2026, 11, 1))])
        return "granted"

    return ask


@pytest.mark.postgres_threads
@pytest.mark.slow
def test_fifty_grants_at_once_never_overspend_an_envelope(race):
    case = world.at_decision()
    budget_rows.leave("20999.99", case.at)
    application = Application.objects.select_related("division").get(pk=case.application.pk)
    results = race(*[asking_for(application)] * 50)
    assert results.count("granted") == 20
    assert sum(isinstance(one, Conflict) and one.code == "no_budget" for one in results) == 30
    assert (envelope().reserved, envelope().free) == (20 * EACH, Decimal("999.99"))


@pytest.mark.postgres_threads
def test_grants_and_a_decrease_at_once_leave_nothing_below_zero(race):
    case = world.at_decision()
    budget_rows.leave("5000.00", case.at)
    cut = budget_rows.by_finance("decrease", "3000.00", at=case.at)
    application = Application.objects.select_related("division").get(pk=case.application.pk)
    results = race(lambda: budget_rows.approved(cut, case.at), *[asking_for(application)] * 9)
    granted = results.count("granted")
    taken = not isinstance(results[0], Conflict)
    assert envelope().reserved == granted * EACH
    assert granted == (2 if taken else 5)
    assert envelope().amount == sum(Tranche.objects.filter(budget=envelope()).values_list("amount", flat=True))


@pytest.mark.postgres_threads
def test_a_request_approved_twice_at_once_brings_its_money_once(race):
    other = world.user("applicant2")
    appoint(other, world.finance(), "finance_checker", date(2026, 1, 1))
    request, before = budget_rows.by_line_office(), envelope().amount
    checkers = (world.user("finance-checker"), other)
    at = request.requested_at
    results = race(*[lambda who=who: deciding.approve(who, request.pk, budget_rows.document(), at) for who in checkers])
    assert sorted(type(one).__name__ for one in results) == ["BudgetRequest", "Conflict"]
    assert envelope().amount == before + request.amount


@pytest.mark.postgres_threads
def test_two_parts_for_counties_that_exceed_the_rest_leave_one(race):
    free = envelope().free
    parts = [budget_rows.by_finance("split", str(free), to=place) for place in ("532503", "532502")]
    results = race(*[lambda one=one: budget_rows.approved(one) for one in parts])
    assert sorted(type(one).__name__ for one in results) == ["BudgetRequest", "Conflict"]
    assert Budget.objects.filter(division__in=["532502", "532503"], amount=free).count() == 1
    assert envelope().free == 0


@pytest.mark.sqlite
@pytest.mark.slow
def test_fifty_grants_at_once_never_overspend_an_envelope_on_sqlite(embedded_site):
    told = embedded_site("shell", "-v0", "-c", "from tests.benefits import budget_race; budget_race.main()")
    assert told.stdout.split() == ["20", "30", "2002.00"]


@pytest.mark.sqlite
def test_an_envelope_is_used_up_to_the_last_cent_on_sqlite(embedded_site):
    told = embedded_site("shell", "-v0", "-c", "from tests.benefits import budget_race; budget_race.cents()")
    assert told.stdout.split() == ["0.00"]
