"""By when: each stage has its days, on the loaded calendar, and a deadline is never guessed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from applications import actions
from approvals.models import PublicNotice
from tests import stages, world
from tests.stages import AT_STAGE, speak
from tests.unchanged import refused
from workflows import calendar
from workflows.calendar import CalendarMissing, working_days_between
from workflows.calendar import add_working_days as working
from workflows.models import CalendarDay, WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]
BEIJING = ZoneInfo("Asia/Shanghai")
DAYS = {
    ("grant", "accept"): 5,
    ("grant", "county_review"): 10,
    ("grant", "decide"): 5,
    ("waiver", "accept"): 5,
    ("waiver", "dpf_opinion"): 5,
    ("waiver", "county_review"): 5,
    ("waiver", "decide"): 5,
    ("waiver", "confirm"): 10,
    ("phase_out", "accept"): 10,
    ("phase_out", "county_review"): 5,
    ("phase_out", "decide"): 5,
    ("phase_out", "file"): 10,
}


def day(moment):
    return moment.astimezone(BEIJING).date()


def filed(*when):
    """A grant filed at that time in Beijing."""
    at = datetime(*when, tzinfo=BEIJING)
    case = stages_case(at - timedelta(hours=1))
    return case.submit()


def stages_case(at):
    return world.stories.grant_case(world.cast(2, at=at))


@pytest.mark.parametrize("scheme, stage", DAYS)
def test_every_stage_has_the_working_days_its_scheme_says(scheme, stage):
    item = AT_STAGE[scheme, stage]().item()
    assert working_days_between(day(item.opened_at), day(item.due_at)) == DAYS[scheme, stage]


def test_it_is_due_at_the_end_of_the_day_in_beijing():
    due = AT_STAGE["grant", "accept"]().item().due_at.astimezone(BEIJING)
    assert (due.hour, due.minute, due.second) == (23, 59, 59)


def test_the_day_it_arrives_does_not_count():
    assert day(filed(2026, 9, 7, 8, 0).item().due_at) == date(2026, 9, 14)


def test_late_in_the_evening_it_is_still_that_day():
    assert day(filed(2026, 9, 7, 23, 30).item().due_at) == date(2026, 9, 14)


def test_weekends_and_the_national_holiday_do_not_count():
    # 1 to 7 October 2026 are free; 10 October, a Saturday, is worked instead.
    assert day(filed(2026, 9, 30, 9, 0).item().due_at) == date(2026, 10, 13)


def test_a_saturday_that_is_worked_counts():
    assert working(date(2026, 10, 9), 1) == date(2026, 10, 10)


def test_what_is_filed_on_a_holiday_counts_from_the_first_working_day_after():
    assert day(filed(2026, 10, 3, 9, 0).item().due_at) == date(2026, 10, 13)


def test_a_notice_counts_in_its_own_kind_of_days():
    notice = PublicNotice.objects.get(application=stages.phase_out_noticed().application)
    assert (day(notice.ends_at) - day(notice.starts_at)).days == 7


class TestPaused:
    """A correction stops the clock of the item."""

    def test_days_before_the_stop_are_used_up(self):
        case = filed(2026, 9, 7, 9, 0)
        case.later(24 * 2)
        stopped_with = 5 - working_days_between(date(2026, 9, 7), day(case.at + timedelta(hours=20)))
        case.ask_to_correct()
        case.later(24 * 7)
        case.resubmit()
        assert working_days_between(day(case.at), day(case.item().due_at)) == stopped_with

    def test_asked_on_its_last_day_one_day_is_given(self):
        case = filed(2026, 9, 7, 9, 0)
        case.at = case.item().due_at - timedelta(hours=21)
        case.ask_to_correct()
        assert day(case.at) == day(case.item().due_at)
        case.resubmit()
        assert day(case.item().due_at) == working(day(case.at), 1)

    def test_every_pause_is_counted_for_itself(self):
        case = filed(2026, 9, 7, 9, 0)
        for _turn in range(2):
            left = working_days_between(day(case.at + timedelta(hours=20)), day(case.item().due_at))
            case.ask_to_correct()
            case.later(24 * 7)
            case.resubmit()
            assert working_days_between(day(case.at), day(case.item().due_at)) == left

    def test_a_later_stage_starts_with_all_its_days(self):
        case = filed(2026, 9, 7, 9, 0).ask_to_correct().resubmit().say("accept")
        assert working_days_between(day(case.at), day(case.item().due_at)) == 10


class TestYearWithoutCalendar:
    """The working days of 2028 are not loaded: nothing that needs one of them is done."""

    @pytest.fixture(autouse=True)
    def _forget_afterwards(self):
        yield
        calendar.forget()

    def test_what_would_be_due_then_cannot_be_filed(self):
        case = stages_case(datetime(2027, 12, 28, 9, 0, tzinfo=BEIJING))
        with refused(CalendarMissing, "calendar_missing") as caught:
            actions.submit(case.user, case.public_id, case.later(1), with_papers=False)
        assert caught.value.year == 2028

    def test_what_would_be_due_then_cannot_be_decided(self):
        case = stages_case(datetime(2027, 12, 20, 9, 0, tzinfo=BEIJING)).submit()
        case.later(24 * 5)
        with refused(CalendarMissing):
            speak(case.official(), case, "accept")

    def test_once_it_is_loaded_it_can(self):
        case = stages_case(datetime(2027, 12, 28, 9, 0, tzinfo=BEIJING))
        days = [date(2028, 1, 1) + timedelta(days=n) for n in range(366)]
        CalendarDay.objects.bulk_create(
            CalendarDay(date=each, working=each.weekday() < 5, basis="assumed") for each in days
        )
        calendar.forget()
        case.submit()
        assert day(case.item().due_at) == date(2028, 1, 4)

    def test_a_year_with_a_day_missing_counts_as_not_loaded(self):
        case = stages_case(datetime(2026, 12, 28, 9, 0, tzinfo=BEIJING))
        CalendarDay.objects.filter(date=date(2027, 7, 1)).delete()
        calendar.forget()
        with refused(CalendarMissing):
            actions.submit(case.user, case.public_id, case.later(1), with_papers=False)


def test_no_item_is_ever_without_a_day():
    assert WorkItem._meta.get_field("due_at").null is False
