"""A letter and its translation each say days, months, offices and schemes in their own language."""

from datetime import UTC, date, datetime

from papers import wording
from people.models import Office
from schemes.letters import fill
from schemes.texts import LocalText


def test_a_day_is_that_of_beijing():
    late = datetime(2026, 3, 11, 17, 0, tzinfo=UTC)
    assert wording.day_in_words(late) == LocalText(zh="2026年3月12日", en="12 March 2026")


def test_no_day_says_nothing():
    assert wording.day_in_words(None) == LocalText(zh="", en="")


def test_a_month_is_written_out():
    assert wording.month_in_words("2026-12") == LocalText(zh="2026年12月", en="December 2026")


def test_a_plain_day_is_taken_as_it_is():
    assert wording.day_in_words(date(2027, 1, 2)).en == "2 January 2027"


def test_an_office_without_an_english_name_keeps_its_own():
    assert wording.named(Office(name="蒙自市民政局")) == LocalText(zh="蒙自市民政局", en="蒙自市民政局")


def test_each_language_of_a_letter_is_filled_with_its_own_words():
    letter = LocalText(zh="{name}于{submitted_on}", en="{name} on {submitted_on}")
    values = {"name": "李梅", "submitted_on": LocalText(zh="2026年3月1日", en="1 March 2026")}
    assert fill(letter, values) == LocalText(zh="李梅于2026年3月1日", en="李梅 on 1 March 2026")
