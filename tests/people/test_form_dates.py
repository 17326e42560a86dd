"""A date typed as 年 月 日: what is read, and which part an error names."""

from datetime import date

import pytest

from people.forms import BaseForm, DatePartsField


class DayForm(BaseForm):
    """One required and one optional day."""

    day = DatePartsField(label="毕业日期", earliest=date(1950, 1, 1), latest=lambda: date(2030, 12, 31))
    other = DatePartsField(label="另一天", required=False)


def form_for(year="", month="", day=""):
    """The form with the three boxes filled."""
    return DayForm({"day_year": year, "day_month": month, "day_day": day})


@pytest.mark.parametrize(
    "typed",
    [
        ("2027", "3", "9"),
        ("２０２７", "０３", "０９"),
        (" 2027年", "3月", "9日 "),
        ("2027-03-09", "", ""),
        ("2027/3/9", "", ""),
        ("2027年3月9日", "", ""),
        ("20270309", "", ""),
    ],
)
def test_a_date_is_read_as_people_write_it(typed):
    form = form_for(*typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"day": date(2027, 3, 9), "other": None}


@pytest.mark.parametrize(
    "typed, messages, targets",
    [
        (("", "", ""), ["请填写日期，例如 2027 年 3 月 9 日"], ["id_day_0"]),
        (("2027", "", "9"), ["请填写月份"], ["id_day_1"]),
        (("", "3", ""), ["请填写年份", "请填写几日"], ["id_day_0", "id_day_2"]),
        (("27", "3", "9"), ["年份请写四位数字，例如 2027"], ["id_day_0"]),
        (("2027", "13", "9"), ["月份请写 1 到 12 的数字"], ["id_day_1"]),
        (("2027", "三", "32"), ["月份请写 1 到 12 的数字", "日期请写 1 到 31 的数字"], ["id_day_1", "id_day_2"]),
        (("2027", "2", "29"), ["2027 年 2 月没有 29 日，请核对"], ["id_day_2"]),
        (("2027", "-3", "9"), ["月份请写 1 到 12 的数字"], ["id_day_1"]),
        (("1949", "12", "31"), ["日期不能早于 1950年1月1日"], ["id_day_0"]),
        (("2031", "1", "1"), ["日期不能晚于 2030年12月31日"], ["id_day_0"]),
    ],
)
def test_an_error_names_the_part_and_leads_to_it(typed, messages, targets):
    entries = form_for(*typed).error_entries
    assert [entry.message for entry in entries] == messages
    assert [entry.target for entry in entries] == targets


def test_only_the_wrong_boxes_are_marked():
    form = form_for("2027", "13", "9")
    assert not form.is_valid()
    html = str(form["day"])
    assert html.count('aria-invalid="true"') == 1
    assert html.index('id="id_day_1"') > 0
    assert "wrong_parts" not in html


@pytest.mark.parametrize("stored", [date(2027, 3, 9), "2027-03-09"])
def test_a_stored_date_fills_the_boxes(stored):
    html = str(DayForm(initial={"day": stored})["day"])
    assert [f'value="{part}"' in html for part in ("2027", "3", "9")] == [True, True, True]


def test_an_unchanged_date_is_not_a_change():
    field = DayForm().fields["day"]
    assert not field.has_changed(date(2027, 3, 9), ["2027", "3", "9"])
    assert field.has_changed(date(2027, 3, 9), ["2027", "3", "10"])
    assert not field.has_changed(None, ["", "", ""])
