"""Who asks for money, who brings it, and who may not."""

from datetime import date
from decimal import Decimal

import pytest

from audit.models import Event
from benefits.models import BudgetRequest, Tranche
from payouts import reviewing
from payouts.balance import faults
from payouts.budgeting import asking, carrying, deciding, who
from payouts.budgeting.report import by_source, rows_of, total
from people.models import Office
from people.posts import appoint
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.payouts import budget_rows
from tests.payouts.budget_rows import AT, GRANT, approved, asked, by_finance, by_line_office, document, envelope
from tests.payouts.returned import row, sent, told

pytestmark = pytest.mark.django_db


def test_a_line_office_asks_and_finance_brings_the_money():
    before = envelope().amount
    request = by_line_office("500.00")
    assert (request.state, request.division_id) == ("waiting", "532500")
    assert envelope().amount == before
    approved(request)
    request = BudgetRequest.objects.get()
    assert (request.state, request.decided_by.username) == ("approved", "finance-checker")
    assert envelope().amount == before + 500
    assert faults() == []
    trail = Event.objects.filter(stream=request.stream).order_by("seq")
    assert list(trail.values_list("action", "actor")) == [
        ("budget.requested", "county-supervisor"),
        ("budget.approved", "finance-checker"),
    ]


def test_whoever_asked_does_not_approve():
    maker = world.user("finance-maker")
    appoint(maker, world.finance(), "finance_checker", date(2026, 1, 1))
    request = by_finance("increase")
    with pytest.raises(Refused) as refusal:
        deciding.approve(maker, request.pk, document(), AT)
    assert refusal.value.code == "asker_decides"
    assert not reviewing.may_decide(maker, request, AT)


def test_a_maker_does_not_decide_and_a_line_office_finds_no_door():
    request = by_line_office()
    with pytest.raises(Refused) as refusal:
        deciding.approve(world.user("finance-maker"), request.pk, document(), AT)
    assert refusal.value.code == "other_role"
    for name in ("county-supervisor", "other-county", "applicant"):
        with pytest.raises(NotFound):
            deciding.approve(world.user(name), request.pk, document(), AT)


def test_another_prefecture_s_bureau_finds_nothing():
    request, stranger = by_line_office(), world.user("applicant2")
    appoint(stranger, Office.objects.get(division_id="532502", function="finance"), "finance_checker", date(2026, 1, 1))
    with pytest.raises(NotFound):
        deciding.refuse(stranger, request.pk, "不", AT)
    assert not who.requests_of(stranger, AT).exists()
    assert not who.envelopes_of(stranger, AT).exists()


def test_a_refusal_says_why_and_brings_nothing():
    before, request = envelope().amount, by_line_office()
    with pytest.raises(Invalid):
        deciding.refuse(world.user("finance-checker"), request.pk, " ", AT)
    deciding.refuse(world.user("finance-checker"), request.pk, "今年没有新增指标。", AT)
    request = BudgetRequest.objects.get()
    assert (request.state, request.note) == ("refused", "今年没有新增指标。")
    assert envelope().amount == before


def test_what_is_decided_is_not_decided_again():
    request = approved(by_line_office())
    with pytest.raises(Conflict):
        approved(request)
    with pytest.raises(Conflict):
        deciding.refuse(world.user("finance-checker"), request.pk, "不", AT)
    assert Tranche.objects.filter(request=request).count() == 1


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"scheme": "no-such"}, "scheme"),
        ({"scheme": "lottery-deposit-waiver"}, "scheme"),
        ({"year": 2020}, "year"),
        ({"amount": Decimal("0.00")}, "amount"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_is_missing_is_told(changes, field):
    with pytest.raises(Invalid) as refusal:
        asking.ask(world.user("county-supervisor"), budget_rows.line_office().pk, asked(**changes), AT)
    assert field in refusal.value.errors
    assert not BudgetRequest.objects.exists()


@pytest.mark.parametrize("changes, field", [({"source": ""}, "source"), ({"number": " "}, "number")])
def test_new_money_names_its_document_and_its_fund(changes, field):
    request = by_line_office()
    with pytest.raises(Invalid) as refusal:
        approved(request, **changes)
    assert field in refusal.value.errors


def test_only_finance_takes_away_or_divides():
    for kind in ("decrease", "split", "carry_over"):
        with pytest.raises((Refused, Invalid)):
            asking.ask(world.user("county-supervisor"), budget_rows.line_office().pk, asked(kind=kind, to="532503"), AT)


def test_an_official_asks_for_their_own_office_alone():
    with pytest.raises(NotFound):
        asking.ask(world.user("other-county"), budget_rows.line_office().pk, asked(), AT)
    with pytest.raises(NotFound):
        asking.ask(world.user("county-clerk"), budget_rows.line_office().pk, asked(), AT)


def test_a_part_goes_to_a_place_next_below_only():
    for place in ("532500", "530100", "", "532503001"):
        with pytest.raises(Invalid):
            by_finance("split", to=place)


def test_a_place_without_a_bureau_is_offered_no_part():
    county = Office.objects.get(division_id="532503", function="finance")
    assert who.counties_under(county) == []
    assert "532503" in {place.pk for place in who.counties_under(world.finance())}


def test_a_part_for_a_place_that_lost_its_bureau_is_not_brought():
    request, before = by_finance("split", to="532503"), envelope().amount
    Office.objects.filter(division_id="532503", function="finance").update(function="tobacco")
    with pytest.raises(Conflict) as refusal:
        approved(request)
    assert refusal.value.code == "no_bureau"
    assert envelope().amount == before


def test_a_county_that_got_a_part_pays_its_cases_from_it():
    county = budget_rows.split("5000.00")
    case = world.granted()
    assert case.application.dues.get().budget == county


def test_the_rest_of_a_year_is_carried_into_the_next():
    world_before = envelope(year=2026).amount
    rest = envelope(year=2025).free
    request = budget_rows.carried()
    approved(request)
    assert envelope(year=2025).free == 0
    assert envelope(year=2026).amount == world_before + rest
    assert faults() == []


def test_a_rest_is_proposed_once_at_a_time_and_not_while_the_year_runs():
    budget_rows.carried()
    with pytest.raises(Conflict):
        budget_rows.carried()
    with pytest.raises(Invalid):
        carrying.propose(world.user("finance-maker"), envelope().pk, "结转", AT)


def test_a_rest_that_changed_since_is_not_carried():
    request = budget_rows.carried()
    approved(by_finance("decrease", "1.00", year=2025))
    with pytest.raises(Conflict) as refusal:
        approved(request)
    assert refusal.value.code == "rest_changed"


def test_each_fund_tells_what_became_of_its_money():
    batch, [case] = sent()
    told(batch, row(batch))
    world.phase_out_granted()
    rows = rows_of(who.envelopes_of(world.user("finance-maker"), AT).filter(year=2026))
    found = next(one for one in rows if one.budget.scheme_code == GRANT)
    amount = case.application.amount
    assert (found.used.reserved, found.used.committed, found.used.paid, found.used.returned) == (
        amount,
        amount,
        amount,
        0,
    )
    assert found.documents[0].used.paid == amount
    funds = dict(by_source(rows))
    assert set(funds) == {"就业补助资金", "低保资金"}
    assert total(funds.values()) == total(one.used for one in rows)


def test_what_came_back_is_told_until_it_is_paid_anew():
    batch, [case] = sent()
    told(batch, row(batch, 1, "失败", "销户"))
    found = rows_of([envelope()])[0].used
    assert (found.paid, found.returned, found.committed) == (0, case.application.amount, 0)


def test_what_has_no_envelope_yet_is_asked_of_the_nearest_bureau_where_somebody_decides():
    assert Office.objects.filter(division_id="532503", function="finance").exists()
    last_year = asked(year=2025, scheme="grad-home-purchase")
    request = asking.ask(world.user("county-supervisor"), budget_rows.line_office().pk, last_year, AT)
    assert request.division_id == "532500"
    county = Office.objects.get(division_id="532503", function="finance")
    appoint(world.user("finance-checker"), county, "finance_checker", date(2026, 1, 1))
    request = asking.ask(world.user("county-supervisor"), budget_rows.line_office().pk, last_year, AT)
    assert request.division_id == "532503"
