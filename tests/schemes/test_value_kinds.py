"""Policy values: what can be read, and what is refused in clear words."""

from decimal import Decimal
from fractions import Fraction

import pytest

from schemes.rules.parsing import BadValueError
from schemes.rules.value_kinds import SpacingRule
from schemes.rules.values import read_value


@pytest.mark.parametrize(
    "name, raw, value",
    [
        ("share", "2/3", Fraction(2, 3)),
        ("share", "1", Fraction(1)),
        ("share", "0.25", Fraction(1, 4)),
        ("share", Decimal("0.5"), Fraction(1, 2)),
        ("monthly_ceiling", "none", None),
        ("monthly_ceiling", "300.50", Decimal("300.50")),
        ("months_ceiling", "none", None),
        ("months_ceiling", 36, 36),
        ("rate_ceiling", "4.35", Decimal("4.35")),
        ("attendance_percent", 100, Decimal(100)),
        ("day_basis", 365, 365),
        ("ceiling_period", "life", "life"),
        ("category_amounts", {"a_1": "10"}, {"a_1": Decimal(10)}),
        ("trip_amounts", {"in_province": 500}, {"in_province": Decimal(500)}),
        (
            "spacing_rule",
            {"kind": "to_percent", "min": 70, "max": "90"},
            SpacingRule("to_percent", Decimal(70), Decimal(90)),
        ),
    ],
)
def test_values_are_read_exactly(name, raw, value):
    assert read_value(name, raw) == value


@pytest.mark.parametrize(
    "name, raw, said",
    [
        ("share", "4/3", "不超过1"),
        ("share", "0", "大于0"),
        ("share", "-1/3", "写作 2/3 或 1"),
        ("share", "1/0", "写作 2/3 或 1"),
        ("share", "half", "写作 2/3 或 1"),
        ("share", 0.5, "应为数字"),
        ("share", True, "应为数字"),
        ("share", None, "应为数字"),
        ("attendance_percent", "100.01", "不能大于100"),
        ("quota_percent", -1, "不能小于零"),
        ("monthly_ceiling", "None", "应为数字"),
        ("amount_ceiling", None, "应为数字"),
        ("monthly_amount", "1.005", "最多两位小数"),
        ("months_ceiling", 0, "至少为1"),
        ("trips_per_year", 0, "至少为1"),
        ("trips_per_year", "2", "应为整数"),
        ("day_basis", 366, "应为360或365"),
        ("category_amounts", {}, "至少一项"),
        ("category_amounts", [["a", 1]], "对照表"),
        ("category_amounts", {"A b": 1}, "小写字母"),
        ("category_amounts", {"a": -1}, "不能小于零"),
        ("trip_amounts", {"abroad": 1}, "只能填写 in_province"),
        ("spacing_rule", {"kind": "to_percent", "min": 90, "max": 70}, "min 不能大于 max"),
        ("spacing_rule", {"kind": "to_percent", "min": 70}, "kind, min, max"),
        ("spacing_rule", {"kind": "by", "min": 1, "max": 2}, "to_percent, reduced_by"),
        ("spacing_rule", {"kind": "reduced_by", "min": 1, "max": 101}, "不能大于100"),
        ("spacing_rule", "20", "kind, min, max"),
        ("ceiling_period", "month", "year, life"),
    ],
)
def test_what_cannot_be_a_value_is_refused_in_both_languages(name, raw, said):
    with pytest.raises(BadValueError) as refused:
        read_value(name, raw)
    assert said in refused.value.message.zh
    assert refused.value.message.en.isascii()
