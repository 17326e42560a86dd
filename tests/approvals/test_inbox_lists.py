"""The lists of the inbox and what narrows and orders them."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals import inbox, scope
from approvals.inbox import Filters, tabs
from approvals.inbox.counts import COUNTED, summary_of
from approvals.inbox.order import ORDERS
from approvals.models import CaseLabel, Label
from people.models import Office
from people.posts import appoint
from tests import world
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db
CLERK, COLLEAGUE, OTHER = "county-clerk", "county-reviewer", "other-county"
LATER = world.START + timedelta(days=30)


def waivers(count):
    return [world.waiver(2 * n).submit() for n in range(count)]


def listed(user, size=25, at=world.START, cursor=None, **filters):
    return inbox.page(world.user(user), at, Filters(**filters), cursor, size)


def ids(page):
    return [row.application.public_id for row in page.items]


def change(case, **columns):
    WorkItem.objects.filter(pk=case.item().pk).update(**columns)


def test_what_i_have_taken_is_a_list_of_its_own():
    taken, free = waivers(2)
    taken.claim()
    assert ids(listed(CLERK, tab="mine")) == [taken.public_id]
    assert set(ids(listed(CLERK, tab="todo"))) == {taken.public_id, free.public_id}


def test_an_item_that_waits_for_my_word_is_mine():
    case = world.waiver().submit().claim()
    colleague = world.user(COLLEAGUE)
    appoint(colleague, case.item().queue.office, "clerk", world.START.date())
    change(case, delegate=colleague)
    assert ids(listed(COLLEAGUE, tab="mine")) == [case.public_id]
    assert ids(listed(OTHER, tab="mine")) == []


def test_the_overdue_are_a_list_of_their_own():
    late, early = waivers(2)
    change(late, due_at=world.START - timedelta(days=1))
    assert ids(listed(CLERK, tab="overdue")) == [late.public_id]
    assert set(ids(listed(CLERK, tab="todo"))) == {late.public_id, early.public_id}


def test_a_seat_that_must_wait_for_another_is_nothing_to_do_now():
    case = world.waiver().submit()
    change(case, waiting=True)
    assert ids(listed(CLERK, tab="todo")) == ids(listed(CLERK, tab="overdue", at=LATER)) == []
    assert ids(listed(CLERK, tab="waiting")) == [case.public_id]


def test_what_ended_is_listed_for_whoever_had_a_say():
    case = world.waiver().submit()
    case.say("not_accept", text="不属于本机关职责。")
    official = case.application.opinions.get().official.username
    assert ids(listed(official, tab="finished", at=LATER)) == [case.public_id]
    assert ids(listed(OTHER, tab="finished", at=LATER)) == []


@pytest.mark.parametrize("tab", ["copied", "started", "find"])
def test_lists_of_cases_are_empty_where_nothing_happened(tab):
    world.waiver().submit()
    assert ids(listed(CLERK, tab=tab)) == []


@pytest.mark.parametrize("tab", tabs.TABS)
def test_another_county_sees_nothing_in_any_list(tab):
    case = world.waiver().submit().claim()
    assert ids(listed(OTHER, tab=tab, at=LATER, person=case.application.subject.id_index)) == []


@pytest.mark.parametrize("tab", tabs.TABS)
def test_no_list_asks_more_often_when_it_is_longer(tab):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            listed(CLERK, tab=tab, at=LATER)
        return len(queries)

    world.waiver(0).submit().claim()
    few = asked()
    for n in range(1, 4):
        world.waiver(2 * n).submit().claim()
    assert asked() == few <= 8


def test_due_in_two_working_days_or_this_week_leaves_out_what_is_late_or_later():
    late, soon, week, later = cases = waivers(4)
    days = {late: -1, soon: 0.5, week: 4, later: 20}
    for case in cases:
        change(case, due_at=world.START + timedelta(days=days[case]))
    assert ids(listed(CLERK, due="soon")) == [soon.public_id]
    assert ids(listed(CLERK, due="week")) == [soon.public_id, week.public_id]
    assert ids(listed(CLERK, due="overdue")) == [late.public_id]


def test_amounts_narrow_with_both_ends_included():
    none, small, large = waivers(3)
    change(none, amount=None)
    change(small, amount=Decimal(1000))
    change(large, amount=Decimal(5000))
    assert ids(listed(CLERK, amount_from=Decimal(1000))) == [small.public_id, large.public_id]
    assert ids(listed(CLERK, amount_to=Decimal(1000))) == [small.public_id]
    assert ids(listed(CLERK, amount_from=Decimal(1001), amount_to=Decimal(4999))) == []


@pytest.mark.parametrize(
    "flag, columns",
    [
        ("clean", {"clean": True}),
        ("attention", {"clean": False}),
        ("corrected", {"round": 2}),
        ("urged", {"urged_at": world.START}),
        ("escalated", {"escalated_at": world.START}),
    ],
)
def test_a_mark_narrows_to_the_items_that_bear_it(flag, columns):
    plain, marked = waivers(2)
    change(plain, clean=flag == "attention", round=1)
    change(marked, **columns)
    assert ids(listed(CLERK, flags=(flag,))) == [marked.public_id]


def test_requests_for_other_offices_can_be_told_from_our_own():
    world.waiver().submit()
    assert ids(listed(CLERK, flags=("referred",))) == []


def test_only_mine_narrows_a_list_of_the_office():
    taken, free = waivers(2)
    taken.claim()
    assert ids(listed(CLERK, mine=True)) == [taken.public_id]
    assert free.public_id in ids(listed(CLERK))


def test_a_label_narrows_only_for_the_office_whose_label_it_is():
    case, _other = waivers(2)
    office = case.item().queue.office
    own = Label.objects.create(office=office, name="急件", colour="red")
    elsewhere = Office.objects.exclude(pk=office.pk).first()
    foreign = Label.objects.create(office=elsewhere, name="急件", colour="red")
    for label in (own, foreign):
        CaseLabel.objects.create(application=case.application, label=label, by=world.user(CLERK), at=world.START)
    assert ids(listed(CLERK, label=own.pk)) == [case.public_id]
    assert ids(listed(CLERK, label=foreign.pk)) == []


@pytest.mark.parametrize("sort", ORDERS)
def test_every_order_covers_each_item_once_forwards_and_backwards(sort):
    amounts = [None, Decimal(300), Decimal(300), None, Decimal(5)]
    for case, amount in zip(waivers(5), amounts, strict=True):
        change(case, amount=amount)
    whole = ids(listed(CLERK, sort=sort))
    pages = [listed(CLERK, size=2, sort=sort)]
    while pages[-1].next:
        pages.append(listed(CLERK, size=2, sort=sort, cursor=pages[-1].next))
    assert [one for page in pages for one in ids(page)] == whole
    assert len(whole) == len(set(whole)) == 5
    for before, page in pairwise(pages):
        assert ids(listed(CLERK, size=2, sort=sort, cursor=page.previous)) == ids(before)


def test_an_item_without_an_amount_stands_below_every_amount():
    none, small, large = waivers(3)
    change(none, amount=None)
    change(small, amount=Decimal(0))
    change(large, amount=Decimal("0.01"))
    assert ids(listed(CLERK, sort="-amount")) == [large.public_id, small.public_id, none.public_id]
    assert ids(listed(CLERK, sort="amount")) == [none.public_id, small.public_id, large.public_id]


@pytest.mark.parametrize("sort", ORDERS)
def test_neighbours_follow_the_order_of_the_list(sort):
    for case, amount in zip(waivers(3), (None, Decimal(7), Decimal(7)), strict=True):
        change(case, amount=amount)
    first, middle, last = listed(CLERK, sort=sort).items
    before, after = inbox.neighbours(world.user(CLERK), world.START, Filters(sort=sort), middle.item)
    assert (before.item, after.item) == (first.item, last.item)


def test_a_supervisor_sees_every_queue_of_the_office_and_none_of_another():
    case = world.waiver().submit()
    user = world.user("county-approver")
    user.posts.all().delete()
    appoint(user, case.item().queue.office, "supervisor", world.START.date())
    assert ids(listed("county-approver")) == [case.public_id]
    assert scope.my_queues(user, world.START) == []
    assert inbox.item_ids(user, world.START, Filters(), 10) == []
    user.posts.all().delete()
    appoint(user, Office.objects.exclude(division_id="532503").first(), "supervisor", world.START.date())
    assert ids(listed("county-approver")) == []


def test_counts_are_one_query_and_tell_the_lists_apart():
    taken, late, waits, _plain = waivers(4)
    taken.claim()
    change(late, due_at=world.START - timedelta(days=1))
    change(waits, waiting=True)
    user = world.user(CLERK)
    queues = scope.listed_queues(user, world.START)
    with CaptureQueriesContext(connection) as queries:
        found = summary_of(user, queues, world.START)
    assert len([one for one in queries if "workflows_workitem" in one["sql"]]) == 1
    assert (found.todo, found.mine, found.overdue, found.waiting, found.capped) == (3, 1, 1, 1, False)
    assert found.schemes == {"lottery-deposit-waiver": 4}


def test_counting_stops_where_a_queue_is_too_long(monkeypatch):
    waivers(4)
    monkeypatch.setattr("approvals.inbox.counts.COUNTED", 3)
    user = world.user(CLERK)
    found = summary_of(user, scope.listed_queues(user, world.START), world.START)
    assert (found.todo, found.capped, found.words(3), found.words(2)) == (3, True, "2+", "2")
    assert COUNTED == 10_000


def test_nobody_without_a_queue_counts_anything():
    assert summary_of(world.user("applicant"), [], world.START).todo == 0
