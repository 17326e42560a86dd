"""What the typesetter decides by the length of texts."""

import pytest

from papers import layout
from papers.content import Table
from tests.papers import samples


def test_short_organ_marks_are_48_points():
    assert layout.organ_mark_points("蒙自市民政局文件") == "48.0"


@pytest.mark.parametrize("mark", [samples.ORGAN + "文件", "金平苗族瑶族傣族自治县人力资源和社会保障局文件"])
def test_long_organ_marks_fill_one_line(mark):
    points = float(layout.organ_mark_points(mark))

    assert 430 < points * len(mark) <= 443


def test_a_title_that_fits_stays_on_one_line():
    assert layout.title_lines("关于不予发给一次性求职补贴的决定书") == ["关于不予发给一次性求职补贴的决定书"]


@pytest.mark.parametrize(
    "title",
    [
        "关于不予减免福利彩票代销者保证金和销售设备押金的决定书",
        "最低生活保障渐退期决定书" * 4,
        "一" * 61,
    ],
)
def test_long_titles_break_into_lines_of_about_equal_length(title):
    lines = layout.title_lines(title)

    assert "".join(lines) == title
    assert all(len(line) <= layout.TITLE_CHARACTERS + 3 for line in lines)
    assert max(map(len, lines)) - min(map(len, lines)) <= 6


def test_titles_break_between_units_of_meaning():
    first, second = layout.title_lines("关于准予云南省红河州蒙自市的高校毕业生领取求职补贴的决定")

    assert first.endswith("的")
    assert second == "高校毕业生领取求职补贴的决定"


def test_the_date_stands_four_characters_from_the_right():
    place = layout.signature_place("蒙自市民政局", "2026年3月12日")

    assert float(place["right"]) == pytest.approx(4 * layout.BODY_EM, abs=0.01)


def test_a_long_signer_moves_the_date_inwards():
    place = layout.signature_place("金平苗族瑶族傣族自治县人力资源和社会保障局", "2026年3月12日")

    assert float(place["right"]) > 4 * layout.BODY_EM


@pytest.mark.parametrize("name", ["grant", "refusal", "correction", "phase_out"])
def test_columns_fill_the_type_area(name):
    table = next(section.table for section in samples.ALL[name].sections if section.table)

    assert sum(map(float, layout.column_widths(table))) == pytest.approx(100, abs=0.1)


def test_short_columns_are_not_squeezed_by_a_long_one():
    table = Table("表", ("序号", "项目", "说明"), (("1", "残疾人证", "请重新上传。" * 30),))
    number, item, _text = (float(width) * layout.TYPE_AREA / 100 for width in layout.column_widths(table))

    assert number >= 2 * layout.CELL_EM + layout.CELL_PADDING
    assert item >= 4 * layout.CELL_EM + layout.CELL_PADDING


def test_width_goes_where_it_saves_most_lines():
    rows = (("残疾人证号与身份证号码一致", samples.BASIS), *((f"第{n}项", samples.BASIS) for n in range(5)))
    table = Table(
        "表", ("项目", "认定", "结果", "依据"), tuple((item, "2027-07-01", "符合", basis) for item, basis in rows)
    )
    *_others, basis = (float(width) * layout.TYPE_AREA / 100 for width in layout.column_widths(table))

    assert basis >= layout.width_of(samples.BASIS) * layout.CELL_EM + layout.CELL_PADDING


@pytest.mark.parametrize(
    "text,html",
    [
        ("电话0873-0000000。", '电话<span class="unit">0873-0000000</span>。'),
        ("（2025—2027年）", '（<span class="unit">2025—2027年</span>）'),
        ("云政办发〔2025〕51号", '云政办发<span class="unit">〔2025〕51号</span>'),
        ("人民币1000.00元", "人民币1000.00元"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("1-2<script>", '<span class="unit">1-2</span>&lt;script&gt;'),
    ],
)
def test_numbers_with_dashes_stay_together_and_all_else_is_escaped(text, html):
    assert layout.kept(text) == html


def test_line_breaks_of_an_official_begin_paragraphs():
    found = layout.paragraphs(("第一点。\r\n\n  第二点。", "第三点。"))

    assert found == ["<p>第一点。</p>", "<p>第二点。</p>", "<p>第三点。</p>"]


@pytest.mark.parametrize("text", ["（一）不符合对象范围。", "（十一）不符合申请时限"])
def test_a_numbered_clause_alone_is_a_heading_of_the_second_level(text):
    assert layout.paragraphs((text,)) == [f'<p class="second">{text}</p>']


@pytest.mark.parametrize("text", ["（一）不符合对象范围。您的申请不符合该项规定。", "（见第一项）", "第一，不符合。"])
def test_a_numbered_sentence_is_text(text):
    assert layout.paragraphs((text,)) == [f"<p>{text}</p>"]


def test_nothing_has_to_be_kept_together_in_a_cell_that_fits_on_one_line():
    text = "云政办发〔2025〕51号五（一）"

    assert layout.in_cell(text, layout.width_of(text)) == text
    assert '<span class="unit">〔2025〕51号</span>' in layout.in_cell(text, layout.width_of(text) - 1)
    assert layout.in_cell("<b>", 20) == "&lt;b&gt;"
    assert layout.in_cell("WWW", 2) == '<span class="unit">WWW</span>'


def test_a_single_narrow_character_is_no_unit():
    assert layout.kept("五(一)，2026-07", layout.KEPT_IN_CELLS) == '五(一)，<span class="unit">2026-07</span>'


def test_the_room_of_a_column_is_what_its_share_of_the_page_leaves_beside_padding():
    [narrow, wide] = layout.rooms(["25.00", "75.00"], area=100.0, cell_em=4.0)

    assert narrow == pytest.approx((25 - layout.CELL_PADDING) / 4)
    assert wide == pytest.approx((75 - layout.CELL_PADDING) / 4)
