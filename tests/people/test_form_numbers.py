"""Money and long numbers as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from people.forms import BaseForm, GroupedNumberField, MoneyField, NamedSumsField, PercentField, WholeNumberField


@pytest.mark.parametrize(
    "typed, amount",
    [
        ("1000", "1000.00"),
        ("1000.5", "1000.50"),
        ("１２３４．５６", "1234.56"),
        ("1,234,567.80", "1234567.80"),
        ("1，000", "1000.00"),
        ("￥ 1 000 元", "1000.00"),
        ("0", "0.00"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, amount):
    found = MoneyField().clean(typed)
    assert found == Decimal(amount)
    assert isinstance(found, Decimal)
    assert str(found) == amount


@pytest.mark.parametrize(
    "typed, message",
    [
        ("", "请填写金额"),
        ("1.234", "金额最多写到分，也就是小数点后两位"),
        ("1,00", "逗号的位置不对，请写成 1,000.00 或 1000.00"),
        ("1,0000", "逗号的位置不对，请写成 1,000.00 或 1000.00"),
        ("一千", "金额请只写数字，例如 1000 或 1000.50"),
        ("-5", "金额请只写数字，例如 1000 或 1000.50"),
        ("1e3", "金额请只写数字，例如 1000 或 1000.50"),
        ("1.2万", "金额请只写数字，例如 1000 或 1000.50"),
        ("NaN", "金额请只写数字，例如 1000 或 1000.50"),
        ("٣٤", "金额请只写数字，例如 1000 或 1000.50"),
        ("99999999999", "金额不能超过 9999999999.99 元"),
    ],
)
def test_a_wrong_amount_is_refused_with_what_to_write(typed, message):
    with pytest.raises(ValidationError) as refusal:
        MoneyField().clean(typed)
    assert refusal.value.messages == [message]


def test_limits_are_named():
    with pytest.raises(ValidationError) as refusal:
        MoneyField(smallest=Decimal("0.01")).clean("0")
    assert refusal.value.messages == ["金额不能少于 0.01 元"]


def test_an_optional_amount_may_be_left_out():
    assert MoneyField(required=False).clean("  ") is None


def test_the_same_amount_written_differently_is_no_change():
    assert not MoneyField().has_changed(Decimal("1000.00"), "1,000")
    assert MoneyField().has_changed(Decimal("1000.00"), "1001")
    assert MoneyField().has_changed(Decimal("1000.00"), "words")


@pytest.mark.parametrize("typed", ["6222 0200 1234 5678 901", "6222-0200-1234-5678-901", "６２２２020012345678901"])
def test_a_long_number_is_kept_as_one_run(typed):
    assert GroupedNumberField().clean(typed) == "6222020012345678901"


def test_a_long_number_is_shown_in_groups_of_four():
    assert GroupedNumberField().prepare_value("53252419990101001x") == "5325 2419 9901 0100 1X"


def test_whole_numbers_read_full_width_digits():
    assert WholeNumberField().clean("３") == 3
    with pytest.raises(ValidationError, match="请填写整数"):
        WholeNumberField().clean("3.5")


@pytest.mark.parametrize("typed, number", [("4.35", "4.35"), ("４．３５％", "4.35"), (" 100 % ", "100"), ("0", "0")])
def test_a_percent_is_read_as_people_write_it(typed, number):
    found = PercentField().clean(typed)
    assert (str(found), type(found)) == (number, Decimal)


@pytest.mark.parametrize(
    "typed, message",
    [
        ("", "请填写百分比"),
        ("-1", "百分比请只写数字，例如 4.35"),
        ("四", "百分比请只写数字，例如 4.35"),
        ("1e2", "百分比请只写数字，例如 4.35"),
        ("1001", "百分比不能超过 1000"),
    ],
)
def test_a_wrong_percent_is_refused_with_what_to_write(typed, message):
    with pytest.raises(ValidationError) as refusal:
        PercentField().clean(typed)
    assert refusal.value.messages == [message]


def test_an_optional_percent_may_be_left_out():
    assert PercentField(required=False).clean(" ") is None


THINGS = [("ramp", "坡道"), ("toilet", "卫生间"), ("lamp", "闪光门铃")]


def test_only_the_things_with_a_sum_are_given():
    assert NamedSumsField(things=THINGS).clean(["1,000.5", "", "３"]) == {
        "ramp": Decimal("1000.50"),
        "lamp": Decimal("3.00"),
    }


def test_each_wrong_sum_is_named_and_all_are_told_at_once():
    class Rebuilding(BaseForm):
        parts = NamedSumsField(label="改造项目", things=THINGS)

    form = Rebuilding({"parts_ramp": "很多", "parts_toilet": "10", "parts_lamp": "0"})
    told = [(entry.message, entry.target) for entry in form.error_entries]
    assert told == [
        ("坡道：金额请只写数字，例如 1000 或 1000.50", "id_parts_0"),
        ("闪光门铃：金额不能少于 0.01 元", "id_parts_2"),
    ]


def test_without_any_sum_a_required_field_asks_for_one():
    with pytest.raises(ValidationError) as refusal:
        NamedSumsField(things=THINGS).clean(["", " ", ""])
    assert refusal.value.messages == ["请至少填写一项的金额"]
    assert NamedSumsField(things=THINGS, required=False).clean(["", "", ""]) == {}
    assert NamedSumsField(things=THINGS, required=False).clean(None) == {}
