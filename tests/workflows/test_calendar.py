"""Working days and deadlines."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflows import calendar
from workflows.calendar_tables import VENDORED, BadTable, load_table, read_table
from workflows.models import CalendarDay

BEIJING = ZoneInfo("Asia/Shanghai")
HEADING = "date,working,name,name_en,basis,source\n"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """What one test loaded is rolled back, so it must not be remembered."""
    CalendarDay.objects.all().delete()
    calendar.forget()
    yield
    calendar.forget()


@pytest.fixture
def loaded():
    for path in VENDORED.glob("*.csv"):
        load_table(read_table(path))


def year(number):
    return read_table(VENDORED / f"{number}.csv")


@pytest.mark.parametrize("number, expected", [(2024, 251), (2025, 248), (2026, 248)])
def test_stated_years_have_the_working_days_of_the_notices(number, expected):
    table = year(number)

    assert (sum(day.working for day in table.days()), table.basis) == (expected, "stated")


def test_2027_is_assumed():
    assert {day.basis for day in year(2027).days()} == {"assumed"}


@pytest.mark.parametrize(
    "day, working",
    [
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), True),
        (date(2025, 9, 28), True),
    ],
)
@pytest.mark.usefixtures("loaded")
def test_holidays_and_worked_weekends_are_known(day, working):
    assert calendar.is_working_day(day) is working


@pytest.mark.parametrize(
    "start, n, end",
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
@pytest.mark.usefixtures("loaded")
def test_counting_begins_the_day_after(start, n, end):
    assert calendar.add_working_days(start, n) == end


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@pytest.mark.usefixtures("loaded")
def test_counting_back_gives_the_number_counted_forward(start, n):
    assert calendar.working_days_between(start, calendar.add_working_days(start, n)) == n


@pytest.mark.usefixtures("loaded")
def test_days_back_are_negative():
    assert calendar.working_days_between(date(2026, 11, 27), date(2026, 11, 23)) == -4


@pytest.mark.parametrize("day, end", [(date(2026, 10, 1), date(2026, 10, 8)), (date(2026, 10, 8), date(2026, 10, 8))])
@pytest.mark.usefixtures("loaded")
def test_next_working_day_is_the_day_itself_when_offices_work(day, end):
    assert calendar.next_working_day(day) == end


def test_natural_days_need_no_calendar():
    assert calendar.add_natural_days(date(2030, 2, 26), 7) == date(2030, 3, 5)


@pytest.mark.parametrize("add", [calendar.add_working_days, calendar.add_natural_days])
def test_nothing_is_counted_backward(add):
    with pytest.raises(ValueError, match="forward"):
        add(date(2026, 11, 23), -1)


@pytest.mark.usefixtures("loaded")
def test_deadline_is_the_end_of_the_day_in_beijing():
    filed = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)  # already the 21st in Beijing

    assert calendar.deadline(filed, 5, "working") == datetime(2026, 11, 27, 23, 59, 59, tzinfo=BEIJING)


def test_deadline_in_natural_days_counts_holidays():
    published = datetime(2026, 9, 28, 9, 0, tzinfo=BEIJING)

    assert calendar.deadline(published, 7, "natural") == datetime(2026, 10, 5, 23, 59, 59, tzinfo=BEIJING)


def test_deadline_refuses_other_kinds_of_days():
    with pytest.raises(ValueError, match="kind"):
        calendar.deadline(datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING), 5, "bank")


def test_missing_year_is_an_error_that_names_the_year():
    with pytest.raises(calendar.CalendarMissing, match="2028") as caught:
        calendar.add_working_days(date(2028, 1, 3), 1)

    assert (caught.value.year, caught.value.status) == (2028, 503)


@pytest.mark.usefixtures("loaded")
def test_period_that_runs_into_a_missing_year_is_an_error():
    with pytest.raises(calendar.CalendarMissing, match="2028"):
        calendar.add_working_days(date(2027, 12, 31), 1)


@pytest.mark.usefixtures("loaded")
def test_year_with_a_day_missing_counts_as_missing():
    CalendarDay.objects.filter(date="2026-07-01").delete()

    with pytest.raises(calendar.CalendarMissing):
        calendar.is_working_day(date(2026, 11, 23))


@pytest.mark.usefixtures("loaded")
def test_year_is_read_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar.add_working_days(date(2026, 3, 2), 60)


@pytest.mark.usefixtures("loaded")
def test_correction_by_another_process_is_seen_when_the_memory_is_no_longer_fresh(monkeypatch):
    calendar.is_working_day(date(2026, 11, 23))
    CalendarDay.objects.filter(date="2026-11-23").update(working=False)
    monkeypatch.setattr(calendar, "FRESH_SECONDS", 0)

    assert not calendar.is_working_day(date(2026, 11, 23))


def test_load_is_seen_at_once(tmp_path):
    load_table(year(2026))
    assert calendar.is_working_day(date(2026, 11, 23))
    corrected = tmp_path / "2026.csv"
    lines = (VENDORED / "2026.csv").read_text(encoding="utf-8")
    source = lines.rstrip("\n").rsplit(",", 1)[1]
    corrected.write_text(f"{lines}2026-11-23,no,临时放假,Closed,stated,{source}\n", encoding="utf-8")

    assert load_table(read_table(corrected)) == "changed"
    assert not calendar.is_working_day(date(2026, 11, 23))


def test_loading_again_writes_nothing():
    load_table(year(2026))

    assert load_table(year(2026)) == "unchanged"


def test_assumed_year_never_replaces_a_stated_one(tmp_path):
    stated = tmp_path / "2027.csv"
    stated.write_text(f"{HEADING}2027-01-01,no,元旦,New Year's Day,stated,通知\n", encoding="utf-8")
    load_table(read_table(stated))

    assert load_table(year(2027)) == "kept"
    assert set(CalendarDay.objects.values_list("basis", flat=True)) == {"stated"}


def test_stated_year_replaces_an_assumed_one(tmp_path):
    load_table(year(2027))
    stated = tmp_path / "2027.csv"
    stated.write_text(f"{HEADING}2027-01-01,no,元旦,New Year's Day,stated,通知\n", encoding="utf-8")

    assert load_table(read_table(stated)) == "changed"
    assert set(CalendarDay.objects.values_list("basis", flat=True)) == {"stated"}


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "2027-01-01,no,元旦,,stated,通知\n2028-01-03,no,元旦,,stated,通知\n",
        "2027-01-01,no,元旦,,stated,通知\n2027-01-01,no,元旦,,stated,通知\n",
        "2027-01-02,no,元旦,,stated,通知\n",
        "2027-01-04,yes,元旦,,stated,通知\n",
        "2027-02-30,no,元旦,,stated,通知\n",
        "2027-01-01,maybe,元旦,,stated,通知\n",
        "2027-01-01,no,元旦,,guessed,通知\n",
        "2027-01-01,no\n",
    ],
)
def test_bad_tables_are_refused(tmp_path, rows):
    path = tmp_path / "2027.csv"
    path.write_text(HEADING + rows, encoding="utf-8")

    with pytest.raises(BadTable, match=r"2027\.csv"):
        read_table(path)


def test_command_leaves_assumed_years_out_unless_asked(run_command):
    printed = run_command("load_calendar")

    assert "2026: loaded (stated" in printed
    assert "2027" not in printed


def test_command_loads_assumed_years_when_asked(run_command):
    assert "2027: loaded (assumed" in run_command("load_calendar", "--assumed")


def test_command_loads_the_table_of_an_administrator(run_command, tmp_path):
    path = tmp_path / "2028.csv"
    path.write_text(f"{HEADING}2028-01-03,no,元旦,New Year's Day,stated,通知\n", encoding="utf-8")

    assert run_command("load_calendar", file=[path]).startswith("2028: loaded")


def test_command_names_a_bad_table(run_command, tmp_path):
    with pytest.raises(CommandError, match=r"none\.csv"):
        run_command("load_calendar", file=[tmp_path / "none.csv"])


@pytest.mark.usefixtures("loaded")
def test_day_is_named_in_the_readers_language():
    day = CalendarDay.objects.get(pk="2026-10-10")

    with translation.override("en"):
        assert day.label == "National Day (working day instead)"
    with translation.override("zh-hans"):
        assert day.label == "国庆节调休上班"
