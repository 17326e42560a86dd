"""Files of rows that somebody brings in: what a reader would make room for is known before it does."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from people.refusals import Invalid
from people.tables import MOST_ROWS, WIDEST, day_of, table_of

SHEET = "xl/worksheets/sheet1.xml"


def sheet(*cells):
    """A sheet with texts at places, as XlsxWriter writes it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for row, column, text in cells:
            page.write_string(row, column, text)
    return out.getvalue()


def written(inner):
    """The same package with a sheet of one's own writing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet((0, 0, "x")))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == SHEET:
                begin, end = content.index(b"<sheetData>"), content.index(b"</sheetData>")
                content = content[: begin + len(b"<sheetData>")] + inner + content[end:]
            new.writestr(name, content)
    return out.getvalue()


def test_the_cells_of_a_sheet_are_read_as_texts():
    assert table_of(sheet((0, 0, "姓名"), (1, 0, " 李四 "))) == [["姓名"], ["李四"]]


@pytest.mark.parametrize(
    "far",
    [
        sheet((0, 0, "a"), (1_048_575, 16_383, "b")),
        sheet((0, 0, "a"), (MOST_ROWS + 1, 0, "b")),
        sheet((0, WIDEST, "a")),
        written(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c><v>1</v></c></row>'),
        written(b"<row><c r='XFD1'><v>1</v></c></row>"),
        written(b"<row r = '1048576'><c><v>1</v></c></row>"),
        written(b'<row><c r="&#65;1048576"><v>1</v></c></row>'),
        written(b"<row><c><v>1</v></c></row>" + b"<row/>" * (MOST_ROWS + 1)),
        written(b"<row>" + b"<c><v>1</v></c>" * (WIDEST + 1) + b"</row>"),
    ],
    ids=["corners", "deep", "wide", "row", "quotes", "spaces", "entity", "many-rows", "many-cells"],
)
def test_a_sheet_that_reaches_too_far_is_refused_before_room_is_made_for_it(far):
    with pytest.raises(Invalid) as refused:
        table_of(far)
    assert refused.value.code == "too_long"


def test_a_sheet_that_just_fits_is_read():
    table = table_of(sheet((MOST_ROWS, 0, "z"), (0, WIDEST - 1, "a")))
    assert len(table) == MOST_ROWS + 1


@pytest.mark.parametrize("text", ["2026-11-09", "2026/11/09", "2026/11/9", "2026-11-9", "20261109"])
def test_a_day_is_read_as_people_and_spreadsheets_write_it(text):
    assert day_of(text) == date(2026, 11, 9)


@pytest.mark.parametrize("text", ["2026/13/1", "2026-2-30", "2026/11-9", "202611", "2026119", "9.11.2026", ""])
def test_what_is_no_day_is_none(text):
    assert day_of(text) is None
