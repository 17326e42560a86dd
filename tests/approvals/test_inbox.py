"""The list behind the inbox: whose items, in which order, page by page."""

from datetime import timedelta

import pytest

from approvals import inbox
from approvals.inbox import Cursor, Filters, read_cursor
from people.models import Office
from people.posts import appoint
from tests import world

pytestmark = pytest.mark.django_db
CLERK, REVIEWER, APPROVER = "county-clerk", "county-reviewer", "prefecture-approver"


def waivers(count):
    return [world.waiver(2 * n).submit() for n in range(count)]


def listed(user, filters=None, size=25, at=world.START, cursor=None):
    return inbox.page(world.user(user), at, filters or Filters(), cursor, size)


def ids(page):
    return [row.application.public_id for row in page.items]


def test_an_official_sees_the_items_of_their_own_queues():
    case = world.waiver().submit()
    assert ids(listed(CLERK)) == [case.public_id]


@pytest.mark.parametrize("name", ["other-county", "county-approver", "finance-maker", "applicant"])
def test_nobody_else_sees_them(name):
    world.waiver().submit()
    assert ids(listed(name)) == []


def test_the_most_urgent_comes_first():
    late = world.waiver(0).submit()
    urgent = world.waiver(2).submit()
    item = urgent.item()
    item.due_at -= timedelta(days=3)
    item.save()
    assert ids(listed(CLERK)) == [urgent.public_id, late.public_id]


def test_pages_cover_every_item_once_though_all_are_due_at_the_same_time():
    cases = waivers(5)
    first = listed(CLERK, size=2)
    second = listed(CLERK, size=2, cursor=first.next)
    third = listed(CLERK, size=2, cursor=second.next)
    assert ids(first) + ids(second) + ids(third) == [case.public_id for case in cases]
    assert first.previous is None
    assert third.next is None


def test_going_back_shows_the_page_before():
    waivers(5)
    first = listed(CLERK, size=2)
    second = listed(CLERK, size=2, cursor=first.next)
    back = listed(CLERK, size=2, cursor=second.previous)
    assert ids(back) == ids(first)
    assert back.previous is None
    assert ids(listed(CLERK, size=2, cursor=back.next)) == ids(second)


def test_items_of_several_posts_are_merged_in_one_order():
    user = world.user(CLERK)
    appoint(user, Office.objects.get(division_id="532503", function="dpf"), "reviewer", world.START.date())
    opinion, acceptance = world.waiver(0).submit().say("accept"), world.waiver(2).submit()
    rows = listed(CLERK).items
    assert {row.application.public_id for row in rows} == {opinion.public_id, acceptance.public_id}
    assert [row.item.due_at for row in rows] == sorted(row.item.due_at for row in rows)


def test_an_item_that_waits_for_the_applicant_has_its_own_tab():
    case = world.waiver().submit().say("correction", points=(("paper", "id-copy", "请补充。"),))
    assert ids(listed(CLERK)) == []
    assert ids(listed(CLERK, Filters(tab="waiting"))) == [case.public_id]


def test_what_i_have_done_is_listed_latest_first():
    first, second = (world.waiver(n).submit().say("accept") for n in (0, 2))
    second.at += timedelta(hours=1)
    assert ids(listed(CLERK, Filters(tab="done"))) == [second.public_id, first.public_id]
    assert ids(listed("dpf", Filters(tab="done"))) == []


def test_a_case_sent_back_counts_as_done_by_who_sent_it():
    case = world.waiver().submit().say("accept").say("agree").say("agree")
    case.say("send_back", target="county_review", text="请重新核对合同编号。")
    assert ids(listed(APPROVER, Filters(tab="done"))) == [case.public_id]


def test_filters_narrow_by_scheme_stage_county_and_delay():
    case = world.waiver().submit().say("accept").say("agree").say("agree")
    late = case.item().due_at + timedelta(days=1)
    for matching in (Filters(scheme="lottery-deposit-waiver"), Filters(stage="decide"), Filters(county="532503")):
        assert ids(listed(APPROVER, matching)) == [case.public_id]
    for other in (Filters(scheme="grad-jobseeking"), Filters(stage="accept"), Filters(county="532502")):
        assert ids(listed(APPROVER, other)) == []
    assert ids(listed(APPROVER, Filters(due="overdue"))) == []
    assert ids(listed(APPROVER, Filters(due="overdue"), at=late)) == [case.public_id]


def test_a_search_finds_the_beginning_of_a_number_or_of_a_name():
    first, second = waivers(2)
    number, name = first.application.number, second.application.subject.name
    assert ids(listed(CLERK, Filters(search=number.lower()))) == [first.public_id]
    assert set(ids(listed(CLERK, Filters(search=number[:-1])))) == {first.public_id, second.public_id}
    assert second.public_id in ids(listed(CLERK, Filters(search=f" {name[:2]}")))
    assert set(ids(listed(CLERK, Filters(search="yj")))) == {first.public_id, second.public_id}
    assert ids(listed(CLERK, Filters(search="没有此人"))) == []


def test_find_reaches_every_case_the_office_has_seen_and_no_other():
    gone = world.waiver().submit().say("accept")
    search = Filters(tab="find", search=gone.application.number)
    assert ids(listed(CLERK, search)) == [gone.public_id]
    assert listed(CLERK, search).items[0].item.stage == "dpf_opinion"
    assert ids(listed("other-county", search)) == []
    assert ids(listed(CLERK, Filters(tab="find"))) == []


def test_find_goes_page_by_page():
    cases = waivers(3)
    search = Filters(tab="find", search=cases[0].application.number[:-1])
    first = listed(CLERK, search, size=2)
    second = listed(CLERK, search, size=2, cursor=first.next)
    assert ids(first) + ids(second) == [case.public_id for case in reversed(cases)]
    assert ids(listed(CLERK, search, size=2, cursor=second.previous)) == ids(first)


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries):
    waivers(6)
    user = world.user(CLERK)
    with django_assert_max_num_queries(2 + 3 + 1):
        assert len(inbox.page(user, world.START, Filters(), None, 25).items) == 6


def test_neighbours_are_those_of_the_same_list():
    first, second, third = waivers(3)
    before, after = inbox.neighbours(world.user(CLERK), world.START, Filters(), second.item())
    assert (before.application.public_id, after.application.public_id) == (first.public_id, third.public_id)
    before, after = inbox.neighbours(world.user(CLERK), world.START, Filters(), first.item())
    assert before is None
    assert after.application.public_id == second.public_id


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "a.1", "z.1.2", "a.--1.2", "a.1.-2", f"a.{9**30}.1", "a.１.2²"])
def test_what_is_no_cursor_is_the_first_page(text):
    assert read_cursor(text) is None


def test_a_cursor_survives_its_way_through_an_address():
    cursor = Cursor(-100, 7, backwards=True)
    assert read_cursor(str(cursor)) == cursor
