"""The building blocks of pages: what they say besides what they show."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation

from project import pictures
from project.templatetags import zhida
from tests.project import gallery


def tree_of(component, **context):
    """One component, drawn."""
    return BeautifulSoup(render_to_string(f"components/{component}.html", context), "html.parser")


def written(source, **context):
    """A piece of template with our tags loaded."""
    return engines["django"].from_string("{% load zhida %}" + source).render(context)


@pytest.mark.parametrize(
    "value, text",
    [(Decimal("1234.5"), "1,234.50"), (1000, "1,000.00"), ("0.1", "0.10"), (None, ""), ("x", ""), ("NaN", "")],
)
def test_money_is_written_with_separators_and_two_places(value, text):
    assert zhida.money(value) == text


@pytest.mark.parametrize("value, text", [(123450, "1,234.50"), (1, "0.01"), (0, "0.00"), (None, ""), ("", "")])
def test_fen_are_written_as_yuan(value, text):
    assert zhida.fen(value) == text


def test_money_names_its_unit():
    assert tree_of("money", fen=5).get_text(" ", strip=True) == "0.05 元"
    assert tree_of("money", amount="7").get_text(" ", strip=True) == "7.00 元"


def test_a_masked_value_is_read_aloud_by_its_tail():
    tree = tree_of("masked", value="532524********0017", label="身份证号")
    assert tree.find(attrs={"aria-hidden": "true"}).text == "532524********0017"
    assert tree.find(class_="govuk-visually-hidden").text == "身份证号，末尾是 0017，其余已隐去"


@pytest.mark.parametrize("state, colour", [("granted", "green"), ("refused", "red"), ("never heard of", "grey")])
def test_a_state_has_a_colour_and_always_words(state, colour):
    tag = tree_of("tag", text="已批准", state=state).strong
    assert f"govuk-tag--{colour}" in tag["class"]
    assert tag.text == "已批准"


@pytest.mark.parametrize("language, text", [("zh-hans", "补贴"), ("en", "Grant")])
def test_a_text_in_two_languages_is_shown_in_the_readers(language, text):
    with translation.override(language):
        assert zhida.pick({"zh": "补贴", "en": "Grant"}) == text


def test_a_missing_translation_falls_back_to_marked_chinese():
    with translation.override("en"):
        assert zhida.pick({"zh": "<补贴>"}) == '<span lang="zh-Hans">&lt;补贴&gt;</span>'


def test_chinese_is_not_marked_on_a_chinese_page():
    with translation.override("zh-hans"):
        assert zhida.marked("补贴") == "补贴"


def test_the_route_is_a_picture_with_words_and_the_same_data_as_a_list():
    tree = tree_of("route", stages=gallery.STAGES)
    picture = tree.svg
    assert picture["role"] == "img"
    names = [tree.find(id=name).text for name in picture["aria-labelledby"].split()]
    assert names == ["办理路线", "共 5 个环节，现在是第 3 个：县级审核"]
    assert len(picture.select(".zd-route__stop")) == 5
    items = tree.ol.find_all("li")
    assert [item.find(class_="govuk-tag").text for item in items] == [
        "已完成",
        "已完成",
        "正在办理",
        "尚未开始",
        "尚未开始",
    ]
    assert [item.get("aria-current") for item in items] == [None, None, "step", None, None]


def test_a_route_without_stages_draws_nothing():
    assert tree_of("route", stages=[]).svg is None


@pytest.mark.parametrize(
    "label, lines",
    [
        ("公示", ["公示"]),
        ("州级复审和最后决定", ["州级复审和", "最后决定"]),
        ("乡镇（街道）核对材料", ["乡镇（街道）", "核对材料"]),
        ("Prefecture review and decision", ["Prefecture", "review and", "decision"]),
        ("一二三四五六七八九十一二三四五六七八九十一二三", ["一二三四五六七", "八九十一二三四", "五六七八九十一…"]),
    ],
)
def test_labels_of_pictures_break_where_the_language_allows(label, lines):
    assert pictures.wrapped(label) == lines


def test_bars_are_in_proportion_and_whole():
    drawn = pictures.bars([100, 50, 0], [None, 100, None])
    assert [(bar.length, bar.plan) for bar in drawn] == [(400, None), (200, 400), (0, None)]


def test_bars_of_nothing_do_not_divide_by_zero():
    assert [bar.length for bar in pictures.bars([0, 0])] == [0, 0]
    assert pictures.bars([]) == []


def test_a_table_has_a_caption_and_scoped_headings():
    data = gallery.context()
    table = tree_of("table", caption="本批拨付", columns=data["columns"], rows=data["rows"], foot=data["foot"]).table
    assert table.caption.text == "本批拨付"
    assert [head["scope"] for head in table.thead.find_all("th")] == ["col"] * 4
    assert [row.find("th")["scope"] for row in table.tbody.find_all("tr")] == ["row", "row"]
    assert "govuk-table__cell--numeric" in table.tbody.tr.find_all("td")[1]["class"]


def test_an_empty_table_says_so():
    assert tree_of("table", caption="本批拨付", columns=[], rows=[]).get_text(strip=True) == "没有记录。"


def test_the_error_summary_takes_focus_and_links_to_the_fields():
    tree = tree_of("error_summary", form=gallery.GalleryForm({}))
    summary = tree.find(class_="govuk-error-summary")
    assert (summary["tabindex"], summary.has_attr("autofocus")) == ("-1", True)
    assert summary.find(attrs={"role": "alert"}).find("a")["href"] == "#id_name"


def test_no_errors_no_summary():
    assert tree_of("error_summary", form=gallery.GalleryForm()).find() is None


def test_errors_may_be_given_without_a_form():
    tree = tree_of("error_summary", errors=[{"message": "合计不符", "target": "total"}, {"message": "请重试"}])
    assert [(item.get_text(strip=True), item.a and item.a["href"]) for item in tree.find_all("li")] == [
        ("合计不符", "#total"),
        ("请重试", None),
    ]


def test_an_action_says_what_it_acts_on():
    tree = tree_of(
        "summary_list", rows=[{"key": "姓名", "value": "李晓梅", "actions": [{"url": "/x/", "text": "更改"}]}]
    )
    assert tree.find("a").text == "更改：姓名"


def test_pages_turn_only_where_there_are_pages():
    assert tree_of("pagination").find("nav") is None
    assert [link["rel"] for link in tree_of("pagination", prev_url="?a", next_url="?b").find_all("a")] == [
        ["prev"],
        ["next"],
    ]


def test_a_task_is_described_by_its_state():
    link = tree_of("task_list", tasks=[{"title": "账户", "url": "/1/", "status": "未填写", "state": "waiting"}]).a
    assert link["aria-describedby"] == "task-1-status"


def test_values_are_escaped():
    html = written('{% include "components/tag.html" with text=text state="granted" only %}', text="<script>")
    assert "<script>" not in html


@pytest.mark.parametrize("number", ["13812341234", "QZ5325032026000017", "5325 2419 9901 0100 17"])
def test_a_long_number_is_shown_in_groups_and_heard_figure_by_figure(number):
    tree = BeautifulSoup(written("{{ number|in_groups }}", number=number), "html.parser")
    assert tree.find(attrs={"aria-hidden": "true"}).text == number
    assert tree.find(class_="govuk-visually-hidden").text.startswith(" ".join(number[:2]))


def test_the_receipt_of_a_number_copies_it_without_gaps():
    tree = tree_of("panel", title="已提交", code="QZ5325032026000017")
    assert tree.find(id="panel-code")["data-copy-text"] == "QZ5325032026000017"


def test_a_cell_carries_the_heading_of_its_column_for_narrow_windows():
    data = gallery.context()
    table = tree_of("table", caption="本批拨付", columns=data["columns"], rows=data["rows"]).table
    cells = table.tbody.tr.find_all("td")
    assert [cell["data-label"] for cell in cells] == [column["label"] for column in data["columns"][1:]]
    assert {part["role"] for part in table.find_all(["thead", "tbody"])} == {"rowgroup"}


def test_bars_have_a_legend_and_each_its_figure():
    data = gallery.context()
    picture = tree_of("bars", id="a", title="待办时长", rows=data["ageing"], columns=data["ageing_columns"]).svg
    said = [text.text for text in picture.find_all("text")]
    assert said[-2:] == [data["ageing_columns"]["number"], data["ageing_columns"]["plan"]]
    assert said[1] == data["ageing"][0]["text"]
