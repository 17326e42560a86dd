"""Who waits for money: in the order of acceptance, and nobody is granted before them without a reason."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from applications.door import Case
from applications.models import Application
from approvals.waiting import listing
from audit.models import Event
from benefits.budgets import waiting
from benefits.models import Grant
from people.models import Division
from people.refusals import Conflict, NotFound, Refused
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.benefits import claimed
from tests.payouts import budget_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """Two cases before their approver, for which there is no money; the first is on the list."""
    first, second = world.at_decision(2), world.at_decision(5)
    late = max(first.later(), second.later())
    budget_rows.leave("0.00", late)
    listing.enlist(world.user("prefecture-approver"), first.public_id, late)
    first.at = second.at = late
    return first, second


def test_a_case_without_money_is_put_on_the_list_and_stays_as_it_is():
    case = budget_rows.short()
    state = case.application.state
    place = listing.enlist(world.user("prefecture-approver"), case.public_id, case.later())
    assert place.amount == case.application.amount
    assert case.application.state == state
    assert waiting.standing_of(case.application, case.at) == waiting.Standing(1, 1)
    assert Event.objects.filter(stream=case.application.stream, action="waiting.listed").exists()


def test_a_case_the_money_reaches_for_is_not_listed():
    case = world.at_decision()
    with pytest.raises(Conflict) as refusal:
        listing.enlist(world.user("prefecture-approver"), case.public_id, case.later())
    assert refusal.value.code == "not_short"


def test_a_case_is_listed_once():
    case = budget_rows.listed()
    with pytest.raises(Conflict) as refusal:
        listing.enlist(world.user("prefecture-approver"), case.public_id, case.later())
    assert refusal.value.code == "listed"


def test_only_who_could_grant_it_lists_a_case():
    case = budget_rows.short()
    with pytest.raises(Refused) as refusal:
        listing.enlist(world.user("school"), case.public_id, case.later())
    assert refusal.value.code in {"not_deciding", "not_found"}
    with pytest.raises(NotFound):
        listing.enlist(world.user("other-county"), case.public_id, case.later())


def test_nobody_is_granted_before_who_waits_and_came_earlier(two):
    first, second = two
    budget_rows.bring("2000.00", second.at)
    with pytest.raises(Conflict) as refusal:
        second.say("grant")
    assert refusal.value.code == "waiting_first"
    assert first.application.number in refusal.value.message
    assert not Grant.objects.exists()
    first.say("grant")
    second.say("grant")
    assert Grant.objects.count() == 2


def test_a_reason_lets_a_later_case_go_first_and_is_on_record(two):
    _first, second = two
    budget_rows.bring("2000.00", second.at)
    second.say("grant", overtake=True, text="申请人病重，先行办理。")
    event = Event.objects.get(action="waiting.passed")
    assert event.data["ahead"] == 1


def test_a_reason_for_something_else_lets_nobody_overtake(two):
    _first, second = two
    budget_rows.bring("2000.00", second.at)
    with pytest.raises(Conflict) as refusal:
        second.say("grant", override=True, text="两项性质不同，已请示")
    assert refusal.value.code == "waiting_first"


@pytest.mark.parametrize("year", [2026, 2027])
def test_who_waits_for_more_than_there_is_in_any_year_holds_up_nobody(two, monkeypatch, year):
    _first, second = two
    budget_rows.bring("1500.00", second.at)
    monkeypatch.setattr(waiting, "needs_of", lambda *_: {2026: Decimal("1.00"), year: Decimal("9000000.00")})
    second.say("grant")
    assert Grant.objects.get().application == second.application


def test_who_would_get_nothing_now_holds_up_nobody(two, monkeypatch):
    _first, second = two
    budget_rows.bring("1500.00", second.at)
    monkeypatch.setattr(waiting, "needs_of", lambda *_: {})
    second.say("grant")
    assert Grant.objects.get().application == second.application


def test_who_needs_less_than_when_they_were_listed_goes_first(monkeypatch):
    first, second = world.at_decision(2), world.at_decision(5)
    late = max(first.later(), second.later())
    with monkeypatch.context() as then:
        then.setattr(waiting, "needs_of", lambda *_: {2026: Decimal("9000000.00")})
        listing.enlist(world.user("prefecture-approver"), first.public_id, late)
    second.at = late
    with pytest.raises(Conflict) as refusal:
        second.say("grant")
    assert refusal.value.code == "waiting_first"


def test_who_has_to_correct_something_holds_up_nobody(two):
    first, second = two
    budget_rows.bring("1500.00", second.at)
    sent_back = {"returned_at": second.at, "correction_due": second.at + timedelta(days=9)}
    QuerySet(Application).filter(pk=first.application.pk).update(state="returned_for_correction", **sent_back)
    second.say("grant")
    assert Grant.objects.get().application == second.application


@pytest.mark.postgres_threads
def test_the_envelopes_of_all_years_are_locked_at_once_by_year(two):
    _first, second = two
    inside = Case(second.application, None, world.user("prefecture-approver"), second.at)
    with CaptureQueriesContext(connection) as told:
        waiting.refuse_overtaking(inside, "", {2026, 2025})
    [locks] = locking(told)
    assert 'ORDER BY "benefits_budget"."year" ASC, "benefits_budget"."id" ASC' in locks


@pytest.mark.postgres_threads
def test_a_benefit_is_locked_before_the_envelope_it_is_paid_from():
    claimed.publish()
    claimed.granted("2026-01-01", 1)
    claim = claimed.before("2026-02-01", 1)
    with CaptureQueriesContext(connection) as told:
        claim.say("grant")
    tables = [sql.split('FROM "')[1].split('"')[0] for sql in locking(told)]
    assert tables.index("benefits_entitlement") < tables.index("benefits_budget")


def locking(told):
    """The statements that lock rows."""
    return [query["sql"] for query in told.captured_queries if "FOR NO KEY UPDATE" in query["sql"]]


def test_who_is_refused_or_granted_is_off_the_list(two):
    first, _second = two
    budget_rows.bring("1000.00", first.at)
    first.say("grant")
    assert waiting.standing_of(first.application, first.at) is None
    assert not waiting.waiting().exists()


def test_the_list_of_another_envelope_holds_up_nobody(two):
    first, second = two
    elsewhere = second.application
    elsewhere.division = Division.objects.get(pk="532502")
    assert [one.application for one in waiting.ahead_of(elsewhere, second.at)] == [first.application]
    budget_rows.bring("1000.00", second.at)
    budget_rows.approved(budget_rows.by_finance("split", "1000.00", at=second.at, to="532503"), second.at)
    assert waiting.ahead_of(elsewhere, second.at) == []


def test_officials_see_the_list_and_applicants_their_place(two, clock):
    first, second = two
    clock.move_to(second.at)
    client = sign_in("prefecture-approver")
    assert first.application.number in text_of(client.get("/inbox/waiting/"))
    page = text_of(client.get(f"/inbox/{second.public_id}/"))
    assert "等待名单上有1件先受理的申请" in page
    assert "列入等待名单" in page
    assert "我已核对等待名单，先办本案" in page
    assert "我已核对上面的提示" not in page
    assert client.post(f"/inbox/{second.public_id}/waiting/").status_code == 302
    assert "本案在等待名单上第2位，共2件" in text_of(client.get(f"/inbox/{second.public_id}/"))
    own = text_of(sign_in("applicant").get(f"/applications/{first.public_id}/"))
    assert "第1位" in own
    assert text_of(sign_in("other-county").get("/inbox/waiting/")).count(first.application.number) == 0


def test_finance_sees_how_many_wait_for_an_envelope_and_how_much_they_need(two, clock):
    first, _second = two
    clock.move_to(first.at)
    page = text_of(sign_in("finance-maker").get(f"/finance/budgets/{budget_rows.envelope().pk}/"))
    assert f"1件，本年共需{first.application.amount:,.2f}元" in page
    assert first.application.number not in page


def test_what_takes_no_money_has_no_waiting_list():
    case = world.waiver().submit().say("accept").say("agree").say("agree")
    assert (
        "等待名单" not in text_of(sign_in("prefecture-approver").get(f"/inbox/{case.public_id}/")).split("<main", 1)[1]
    )
    with pytest.raises(Conflict) as refusal:
        listing.enlist(world.user("prefecture-approver"), case.public_id, case.later())
    assert refusal.value.code == "not_short"


def test_who_waits_before_a_case_is_read_in_as_many_statements_however_many_places_they_live_in(two):
    first, second = two
    place = Division.objects.exclude(pk=first.application.division_id).filter(level="county").first()
    waiting.waiting()  # what the module itself loads is loaded
    with CaptureQueriesContext(connection) as one_place:
        assert len(waiting.ahead_of(second.application, second.at)) == 1
    Application.objects.filter(pk=first.application.pk).update(division=place)
    with CaptureQueriesContext(connection) as two_places:
        waiting.ahead_of(second.application, second.at)
    assert len(one_place) == len(two_places)


def test_the_list_says_what_a_case_needs_now_and_not_when_it_was_listed(two):
    first, _second = two
    place = first.application.waiting_place
    place.amount = Decimal("1.00")
    assert waiting.need_now(place, first.at) == first.application.amount
