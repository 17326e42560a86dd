"""What is said of a line that a bank's file cannot carry: where it stands, and what to do."""

from django.utils.translation import gettext as _

from payouts.columns import Row
from payouts.profiles import Column
from people.refusals import Invalid
from people.spreadsheets import breaks_lines


def not_in_encoding(row: Row, column: Column, letter: str, encoding: str) -> Invalid:
    """A character the encoding does not have."""
    text = _(
        "第%(line)s行（申请编号 %(number)s）的“%(column)s”含有字符“%(letter)s”（%(point)s），%(encoding)s编码写不出，"
        "没有封存任何内容。请改用GB18030或UTF-8的银行格式再封存；本行有误的，请作废本批次，更正后重新编制。"
    )
    return Invalid(text % (_place(row, column, letter) | {"encoding": encoding.upper()}), code="not_in_encoding")


def breaks_line(row: Row, column: Column, letter: str) -> Invalid:
    """The delimiter, or a control character, inside a value."""
    text = _(
        "第%(line)s行（申请编号 %(number)s）的“%(column)s”含有分隔符或控制字符“%(letter)s”（%(point)s），"
        "银行程序会读错，没有封存任何内容。请改用别的银行格式再封存，或者作废本批次，更正后重新编制。"
    )
    return Invalid(text % _place(row, column, letter), code="breaks_line")


def _place(row: Row, column: Column, letter: str) -> dict[str, str | int]:
    shown = "" if breaks_lines(letter) else letter
    point = f"U+{ord(letter):04X}"
    return {"line": row.line, "number": row.application, "column": column.heading, "letter": shown, "point": point}
