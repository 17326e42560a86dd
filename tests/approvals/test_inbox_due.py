"""Deadlines in words: working days, never a bare timestamp."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from approvals.due import due_of

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")
MONDAY_EVENING = datetime(2026, 11, 23, 23, 59, 59, tzinfo=BEIJING)


@pytest.mark.parametrize(
    "now, words, state",
    [
        ((2026, 11, 13, 9), "还剩6个工作日", ""),
        ((2026, 11, 19, 9), "还剩2个工作日", "due_soon"),
        ((2026, 11, 21, 9), "还剩1个工作日", "due_soon"),
        ((2026, 11, 23, 9), "今天到期", "due_soon"),
        ((2026, 11, 24, 0), "逾期1个工作日", "overdue"),
        ((2026, 11, 30, 9), "逾期5个工作日", "overdue"),
    ],
)
def test_time_left_is_said_in_working_days(now, words, state):
    said = due_of(MONDAY_EVENING, datetime(*now, tzinfo=BEIJING))
    assert (said.day.isoformat(), said.words, said.state) == ("2026-11-23", words, state)


def test_a_natural_deadline_on_a_weekend_is_near_or_past_without_a_count():
    saturday = datetime(2026, 11, 21, 23, 59, 59, tzinfo=BEIJING)
    assert due_of(saturday, datetime(2026, 11, 20, 9, tzinfo=BEIJING)).words == "即将到期"
    assert due_of(saturday, datetime(2026, 11, 22, 9, tzinfo=BEIJING)).words == "已到期"


def test_while_the_applicant_corrects_no_clock_runs():
    assert due_of(MONDAY_EVENING, MONDAY_EVENING + timedelta(days=9), paused=True).state == "paused"


def test_without_a_calendar_the_day_alone_is_said():
    far = MONDAY_EVENING.replace(year=2031)
    assert (due_of(far, MONDAY_EVENING).words, due_of(far, MONDAY_EVENING).state) == ("", "")
