"""Derive workflows/data/calendar/*.csv from the packages chinesecalendar and holidays.

    pip install --target DIRECTORY chinesecalendar holidays
    PYTHONPATH=DIRECTORY python scripts/build_calendar.py

2024 to 2026 are written only if both packages agree on every day. 2027, for which no notice is known, holds
the statutory holidays alone, those on a weekend made up on the next weekdays, and is marked assumed.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays

TARGET = Path(__file__).resolve().parent.parent / "workflows" / "data" / "calendar"
COLUMNS = ("date", "working", "name", "name_en", "basis", "source")
WORKING_DAYS = {2024: 251, 2025: 248, 2026: 248}
ASSUMED_YEAR = 2027
ASSUMED_SOURCE = "推定：仅法定节假日及补假，未见国务院办公厅通知"
SATURDAY = 5
# The English names of chinesecalendar, with the Chinese ones beside them.
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}
# holidays calls the day before the Spring Festival by a name of its own.
STATUTORY = {"农历除夕": "春节"} | {name: name for name in NAMES.values()}


def main() -> None:
    """Write one table for each year."""
    for year, expected in WORKING_DAYS.items():
        rows = [_stated_row(day) for day in _exceptions(year, expected)]
        _write(year, rows)
    _write(ASSUMED_YEAR, _assumed_rows())


def _days(year: int) -> list[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]


def _exceptions(year: int, expected: int) -> list[date]:
    """Days that do not follow the week; stops unless both packages agree on all of them."""
    country = holidays.country_holidays("CN", years=year)
    working = [day for day in _days(year) if chinese_calendar.is_workday(day)]
    if working != [day for day in _days(year) if country.is_working_day(day)] or len(working) != expected:
        raise SystemExit(f"{year}: the packages do not agree on {expected} working days")
    return [day for day in _days(year) if chinese_calendar.is_workday(day) != (day.weekday() < SATURDAY)]


def _stated_row(day: date) -> dict[str, str]:
    """A day off or a weekend day worked, named after the holiday it belongs to."""
    name_en = chinese_calendar.get_holiday_detail(day)[1]
    working = chinese_calendar.is_workday(day)
    return {
        "date": day.isoformat(),
        "working": "yes" if working else "no",
        "name": NAMES[name_en] + ("调休上班" if working else ""),
        "name_en": name_en + (" (working day instead)" if working else ""),
        "basis": "stated",
        "source": f"国务院办公厅关于{day.year}年部分节假日安排的通知",
    }


def _assumed_rows() -> list[dict[str, str]]:
    """The weekdays off that the law alone gives in the assumed year."""
    country = holidays.country_holidays("CN", years=ASSUMED_YEAR, language="zh_CN")
    off = [day for day in sorted(country) if day.year == ASSUMED_YEAR and day.weekday() < SATURDAY]
    return [_assumed_row(day, country[day].removesuffix("（补假）")) for day in off]


def _assumed_row(day: date, name: str) -> dict[str, str]:
    """A statutory day off, or the weekday that makes up for one on a weekend."""
    name = STATUTORY[name]
    name_en = next(english for english, chinese in NAMES.items() if chinese == name)
    row = {"date": day.isoformat(), "working": "no", "name": name, "name_en": name_en}
    return row | {"basis": "assumed", "source": ASSUMED_SOURCE}


def _write(year: int, rows: list[dict[str, str]]) -> None:
    """Write one table and say how many working days it leaves."""
    with (TARGET / f"{year}.csv").open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    weekdays = sum(day.weekday() < SATURDAY for day in _days(year))
    working = weekdays + sum(1 if row["working"] == "yes" else -1 for row in rows)
    print(f"{year}: {len(rows)} exceptions, {working} working days")


if __name__ == "__main__":
    main()
