"""Long numbers in groups, to be read from a card and to be heard."""

import pytest

from people.forms.spoken import spoken


@pytest.mark.parametrize(
    "written, groups",
    [
        ("13812341234", ("138", "1234", "1234")),
        ("0873-3722222", ("0873", "372", "2222")),
        ("QZ5325032026000017", ("QZ", "532503", "2026", "000", "017")),
        ("5325 2419 9901 0100 17", ("5325", "2419", "9901", "0100", "17")),
        ("9153 2503 MA6K 1234 5X", ("9153", "2503", "MA6K", "1234", "5X")),
    ],
)
def test_a_long_number_has_the_groups_of_its_kind(written, groups):
    assert spoken(written).groups == groups


@pytest.mark.parametrize("text", ["", "12345", "2026-09-07", "1,500.00", "王 二 小", "532524199901010017 ", "****5672"])
def test_other_text_is_no_long_number(text):
    assert spoken(text) is None


def test_figures_are_spoken_one_by_one_with_a_pause_between_groups():
    assert spoken("13812341234").aloud("，") == "1 3 8，1 2 3 4，1 2 3 4"
