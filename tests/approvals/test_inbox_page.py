"""The inbox as a page: what it shows, what it records, what it survives."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import Application
from tests import world
from tests.approvals.desk import events, sign_in, tables_written, text_of

pytestmark = pytest.mark.django_db
CLERK = "county-clerk"


def waivers(count):
    return [world.waiver(2 * n).submit() for n in range(count)]


def test_a_line_tells_number_name_scheme_stage_deadline_and_who_has_it(clock):
    case = world.waiver().submit()
    clock.move_to(case.at)
    page = text_of(sign_in(CLERK).get("/inbox/"))
    for words in (
        case.application.number,
        case.application.subject.name,
        "残疾人彩票代销押金减免",
        "县级受理",
        "未签收",
    ):
        assert words in page
    assert "还剩5个工作日" in page


def test_a_late_item_says_so_in_words(clock):
    case = world.waiver().submit()
    clock.move_to(case.item().due_at + timedelta(days=4))
    page = text_of(sign_in(CLERK).get("/inbox/"))
    assert "逾期" in page
    assert "有1件已逾期" in page


def test_an_item_somebody_took_names_them(clock):
    case = world.waiver().submit().claim()
    clock.move_to(case.at)
    assert "<strong>我</strong>" in text_of(sign_in(CLERK).get("/inbox/"))


def test_another_county_sees_nothing_of_it():
    case = world.waiver().submit()
    page = text_of(sign_in("other-county").get("/inbox/"))
    assert case.application.subject.name not in page
    assert "没有待办的申请。" in page


def test_done_shows_what_was_said_and_how_the_case_stands():
    world.waiver().submit().say("accept")
    page = text_of(sign_in(CLERK).get("/inbox/?tab=done"))
    assert "受理 <time" in page
    assert "已受理" in page


def test_an_applicant_and_a_visitor_find_no_inbox(client):
    assert sign_in("applicant").get("/inbox/").status_code == 404
    assert client.get("/inbox/").headers["Location"].startswith("/accounts/login/")


def test_a_list_is_one_read_event_with_its_count_and_codes_and_no_words():
    case = world.waiver().submit()
    sign_in(CLERK).get("/inbox/", {"scheme": "lottery-deposit-waiver", "q": case.application.subject.name})
    [event] = events("inbox.read")
    assert event.stream == f"reader:{CLERK}"
    assert event.data == {"count": 1, "tab": "todo", "scheme": "lottery-deposit-waiver", "searched": True}


def test_without_its_read_event_the_list_is_not_shown(monkeypatch):
    world.waiver().submit()

    def broken(*args, **kwargs):
        raise RuntimeError("no event")

    monkeypatch.setattr("audit.chain.append", broken)
    with pytest.raises(RuntimeError):
        sign_in(CLERK).get("/inbox/")


def test_reading_writes_the_event_and_nothing_else():
    world.waiver().submit()
    client = sign_in(CLERK)
    with CaptureQueriesContext(connection) as queries:
        client.get("/inbox/")
    assert tables_written(queries) == {"audit_event", "audit_streamhead"}


def test_the_number_of_queries_does_not_depend_on_the_rows():
    client = sign_in(CLERK)
    waivers(1)
    client.get("/inbox/")
    with CaptureQueriesContext(connection) as one:
        client.get("/inbox/")
    waivers(5)
    with CaptureQueriesContext(connection) as many:
        client.get("/inbox/")
    assert len(many) == len(one) <= 25


def test_one_corrupt_case_does_not_take_the_list_down():
    broken, sound = waivers(2)
    Application.objects.filter(public_id=broken.public_id).update(answers=b"\x01broken", assessment=b"\x01broken")
    page = text_of(sign_in(CLERK).get("/inbox/"))
    assert broken.application.number in page
    assert sound.application.number in page


def test_a_list_is_paged_by_links_that_keep_the_filters(monkeypatch):
    monkeypatch.setattr("approvals.inbox.pages.page.__defaults__", (None, 2))
    waivers(3)
    page = text_of(sign_in(CLERK).get("/inbox/?scheme=lottery-deposit-waiver"))
    assert "/inbox/?scheme=lottery-deposit-waiver&cursor=a." in page


def test_what_an_address_garbles_narrows_nothing():
    case = world.waiver().submit()
    page = text_of(sign_in(CLERK).get("/inbox/?tab=%00&cursor=x&due=maybe&scheme=李四&sort=name"))
    assert case.application.number in page


def test_the_picture_of_what_is_due_has_the_same_figures_beside_it(clock):
    waivers(2)
    late = world.waiver(8).submit()
    item = late.item()
    clock.move_to(late.at)
    item.due_at = late.at - timedelta(days=1)
    item.save()
    page = text_of(sign_in(CLERK).get("/inbox/"))
    assert 'role="img"' in page
    for label, count in (("已逾期", 1), ("以后到期", 2), ("等待", 0)):
        assert f'{label}</th><td class="govuk-table__cell govuk-table__cell--numeric">{count}件' in page
