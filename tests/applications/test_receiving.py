"""签收: the applicant opens a paper, confirms it, and reads until when it can be contested."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from applications import receiving, remedy_clock
from audit.models import Event
from papers import reading
from papers.models import Paper, PaperService
from people.refusals import Conflict, NotFound
from tests import world
from tests.approvals.desk import sign_in, text_of

pytestmark = pytest.mark.django_db


def paper_of(case, kind="grant"):
    return Paper.objects.get(case_ref=case.public_id, kind=kind)


def page_of(case, paper, more=""):
    return f"/applications/{case.public_id}/papers/{paper.pk}/{more}"


def test_a_paper_freezes_the_days_and_months_of_its_remedies():
    paper = paper_of(world.granted())
    assert reading.content(paper).machine["remedy"] == {"review_days": 60, "suit_months": 6}


def test_opening_a_paper_is_on_record_and_serves_nothing():
    case = world.granted()
    paper = paper_of(case)
    sign_in("applicant").get(page_of(case, paper))
    event = Event.objects.get(action="paper.opened")
    assert (event.actor, event.subject, event.data) == ("applicant", case.public_id, {"paper": paper.number})
    assert receiving.first_opened(case.public_id, [paper]) == {paper.pk: event.at}
    assert not PaperService.objects.exists()


def test_the_first_of_several_openings_is_the_read_receipt():
    case = world.granted()
    paper = paper_of(case)
    client = sign_in("applicant")
    with time_machine.travel(case.later(1), tick=False):
        client.get(page_of(case, paper))
        first = timezone.now()
    with time_machine.travel(case.later(50), tick=False):
        client.get(page_of(case, paper))
    assert receiving.first_opened(case.public_id, [paper]) == {paper.pk: first}


def test_confirming_serves_the_paper_and_starts_the_clock():
    case = world.granted()
    paper = paper_of(case)
    client = sign_in("applicant")
    with time_machine.travel(world.START.replace(month=10, day=12), tick=False):
        assert client.post(page_of(case, paper, "confirm/")).headers["Location"] == page_of(case, paper)
        page = text_of(client.get(page_of(case, paper)))
        story = text_of(client.get(f"/applications/{case.public_id}/"))
    served = PaperService.objects.get()
    assert (served.way, served.served_on, served.consented) == ("electronic", date(2026, 10, 12), True)
    for told in (page, story):
        assert "2026年10月12日送达（电子送达）" in told
        assert "2026年12月11日" in told
        assert "2027年4月12日" in told
    assert "文书已经送达" in story
    assert "申请行政复议最迟2026年12月11日，提起行政诉讼最迟2027年4月12日" in story


def test_a_second_confirmation_is_a_conflict():
    case = world.granted()
    paper = paper_of(case)
    receiving.confirm(case.user, case.public_id, paper.pk, case.later(1))
    with pytest.raises(Conflict):
        receiving.confirm(case.user, case.public_id, paper.pk, case.later(2))
    assert PaperService.objects.count() == 1


def test_a_paper_that_only_informs_is_not_confirmed():
    case = world.grant().submit().say("accept")
    paper = paper_of(case, "acceptance")
    with pytest.raises(Conflict):
        receiving.confirm(case.user, case.public_id, paper.pk, case.later(1))
    assert "确认签收" not in text_of(sign_in("applicant").get(page_of(case, paper)))


def test_nobody_else_confirms_it():
    case = world.granted()
    paper = paper_of(case)
    assert sign_in("applicant2").post(page_of(case, paper, "confirm/")).status_code == 404
    with pytest.raises(NotFound):
        receiving.confirm(world.user("applicant2"), case.public_id, paper.pk, case.later(1))
    with pytest.raises(NotFound):
        receiving.confirm(case.user, world.granted(4).public_id, paper.pk, case.later(1))


def test_before_service_no_day_is_told():
    case = world.granted()
    until = remedy_clock.remedy_until(paper_of(case))
    assert until.named
    assert not until.runs
    assert not until.over(date(2030, 1, 1))


@pytest.mark.parametrize(
    "served, months, until",
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 10, 12), 6, date(2027, 4, 12)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(served, months, until):
    assert remedy_clock.months_after(served, months) == until


def test_a_last_day_on_a_holiday_moves_on():
    paper = paper_of(world.granted())
    paper.served_on = date(2026, 8, 2)  # sixty days on is 1 October
    assert remedy_clock.remedy_until(paper).review == date(2026, 10, 8)


def test_a_last_day_in_a_year_without_a_calendar_stands():
    paper = paper_of(world.granted())
    paper.served_on = date(2031, 1, 5)
    assert remedy_clock.remedy_until(paper).review == date(2031, 3, 6)


def test_the_clock_is_over_after_the_last_of_its_days():
    paper = paper_of(world.granted())
    paper.served_on = date(2026, 10, 12)
    until = remedy_clock.remedy_until(paper)
    assert not until.over(until.suit)
    assert until.over(until.suit + timedelta(days=1))
