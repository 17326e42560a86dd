"""Days, hours and months in words, as they are read aloud: 2026年11月23日, 23 November 2026. Never 2026-11-23."""

import re
from datetime import date

from django.utils.formats import date_format

WHOLE_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
WHOLE_MONTH = re.compile(r"(\d{4})-(\d{2})")


def day_in_words(day: date) -> str:
    """2026年11月23日; of a moment its day, in the zone it is in."""
    return date_format(day, "DATE_FORMAT")


def month_in_words(day: date) -> str:
    """2026年11月, of any day of the month."""
    return date_format(day, "YEAR_MONTH_FORMAT")


def stored_in_words(text: str) -> str:
    """A stored day (2026-11-23) or month (2026-11) in words; every other text as it is."""
    day, month = WHOLE_DAY.fullmatch(text), WHOLE_MONTH.fullmatch(text)
    try:
        if day:
            return day_in_words(date(*map(int, day.groups())))
        return month_in_words(date(*map(int, month.groups()), 1)) if month else text
    except ValueError:
        return text
