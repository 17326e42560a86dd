"""The payout file as programs and spreadsheets read it."""

import csv
import io
import zipfile
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from payouts.columns import HEADINGS, Row
from people.spreadsheets import harmless
from tests.payouts.bank import ROW, as_csv, as_xlsx

AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def sheet_of(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_the_columns_stand_in_the_agreed_order_in_both_files():
    agreed = [
        "序号",
        "批次号",
        "事项",
        "申请编号",
        "姓名",
        "身份证号",
        "收款账号",
        "开户行",
        "金额(元)",
        "所属期间",
        "区划代码",
        "备注",
    ]
    assert rows_of(as_csv([ROW]))[0] == agreed
    assert sheet_of(as_xlsx([ROW], "x", AT))[0] == agreed


def test_csv_cells_are_the_plain_values():
    assert rows_of(as_csv([ROW]))[1] == [
        "1",
        "PC532500202600001",
        "一次性求职补贴",
        "QZ5325032026000001",
        "欧阳𬱖雅",
        "532524199901010017",
        "6299990000000000123",
        "云南农村信用社",
        "1000.00",
        "2026",
        "532503",
        "",
    ]


def test_csv_begins_with_a_byte_order_mark_and_ends_its_lines_with_crlf():
    content = as_csv([ROW])
    assert content.startswith(b"\xef\xbb\xbf" + "序号".encode())
    assert content.count(b"\r\n") == content.count(b"\n") == 2


def test_ids_and_accounts_are_text_cells_in_the_spreadsheet():
    values = sheet_of(as_xlsx([ROW], "x", AT))[1]
    assert values[HEADINGS.index("身份证号")] == "532524199901010017"
    assert values[HEADINGS.index("收款账号")] == "6299990000000000123"
    cells = part(as_xlsx([ROW], "x", AT), "xl/worksheets/sheet1.xml")
    assert all(f'<c r="{column}2" s="2" t="inlineStr">' in cells for column in "FG")


def test_amounts_are_numbers_shown_with_two_decimals():
    content = as_xlsx([Row(**{**vars(ROW), "amount": Decimal("1234.5")})], "x", AT)
    assert sheet_of(content)[1][HEADINGS.index("金额(元)")] == 1234.5
    assert "#,##0.00" in part(content, "xl/styles.xml")
    assert rows_of(as_csv([Row(**{**vars(ROW), "amount": Decimal("1234.5")})]))[1][8] == "1234.50"


def test_a_sum_of_fourteen_digits_comes_through_whole():
    content = as_xlsx([Row(**{**vars(ROW), "amount": Decimal("9999999999.99")})], "x", AT)
    assert "<v>9999999999.99</v>" in part(content, "xl/worksheets/sheet1.xml")


def test_parts_of_a_fen_are_refused():
    with pytest.raises(ValueError, match="whole fen"):
        as_csv([Row(**{**vars(ROW), "amount": Decimal("0.005")})])


@pytest.mark.parametrize("name", ["李䶮", "王㛃", "陈𬱖", "杨𠅤", "赵𬭬", "阿苦·木呷", "刀·岩温"])
def test_rare_characters_survive(name):
    row = Row(**{**vars(ROW), "name": name})
    assert rows_of(as_csv([row]))[1][4] == name
    assert sheet_of(as_xlsx([row], "x", AT))[1][4] == name


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
        "﹢1",
        "﹣1",
        "\t=1",
        "\r=1",
        "\n=1",
        "\t1",
        " =1",
        "\u3000=1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200b=1",
        "\x00=1",
    ],
)
def test_what_a_spreadsheet_could_take_for_a_formula_gets_an_apostrophe(text):
    safe = harmless(text)
    assert safe.startswith("'")
    assert not set(safe) & set("\t\r\n\x00")


@pytest.mark.parametrize(
    "text",
    [
        "李晓梅",
        "532524199901010017",
        "6217-0036",
        "云南农村信用社（蒙自）",
        "A=B",
        "2026-12",
        "一-二",
        "",
        "阿苦·木呷",
        "'已有撇号",
    ],
)
def test_an_ordinary_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_a_line_break_inside_a_text_does_not_break_the_line():
    content = as_csv([Row(**{**vars(ROW), "bank": "农业银行\r\n=cmd"})])
    assert content.count(b"\r\n") == 2
    assert rows_of(content)[1][7] == "农业银行  =cmd"


def test_quotes_and_commas_do_not_open_a_new_cell():
    row = rows_of(as_csv([Row(**{**vars(ROW), "bank": '农行","=1+1'})]))[1]
    assert len(row) == len(HEADINGS)
    assert row[7] == '农行","=1+1'


def test_a_formula_is_no_formula_in_the_spreadsheet():
    content = as_xlsx([Row(**{**vars(ROW), "name": '=HYPERLINK("http://x")'})], "x", AT)
    assert "<f>" not in part(content, "xl/worksheets/sheet1.xml")
    assert sheet_of(content)[1][4] == '\'=HYPERLINK("http://x")'


def test_made_again_the_spreadsheet_is_the_same_bytes(clock):
    first = as_xlsx([ROW], "PC1", AT)
    clock.shift(3600)
    assert as_xlsx([ROW], "PC1", AT) == first
    assert "2026-11-23T02:00:00Z" in part(first, "docProps/core.xml")


def test_the_spreadsheet_names_no_author():
    core = part(as_xlsx([ROW], "PC1", AT), "docProps/core.xml")
    assert "<dc:creator></dc:creator>" in core


def test_the_files_of_five_thousand_lines_are_made_in_time():
    rows = [Row(**{**vars(ROW), "line": line}) for line in range(1, 5001)]
    assert len(rows_of(as_csv(rows))) == 5001
    assert len(sheet_of(as_xlsx(rows, "x", AT))) == 5001
