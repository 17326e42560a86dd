"""The empty file to fill in: a sheet with the headings, and a sheet that says how each column is filled in."""

import io
from collections.abc import Iterable, Iterator

import xlsxwriter

from helping.sheets.columns import NAME, NUMBER, headed
from schemes.definition import Question

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 22
# The file is for whoever fills it in, in the language of the headings: Chinese.
HOW = {
    "yes_no": "填“是”或“否”",
    "date": "写成2026-12-01",
    "money": "只写数字，单位元",
    "integer": "只写整数",
    "percent": "只写数字",
    "division": "写行政区划代码",
    "account": "只写数字，请对照银行卡核对",
    "phone": "手机号码或者带区号的固定电话",
    "certificate": "残疾人证上的号码，一般20位",
}
RULES = (
    "第一行是列名，不要改动；一人一行，不留合并单元格。",
    "号码列已设为文本格式，从别处粘贴时请选“只粘贴值”。",
    "“姓名”和“身份证号码”必须填写；其他列不知道的可以空着，以后补填。",
    "整个文件先核对，有一处错误就什么都不登记。",
)


def template(questions: Iterable[Question]) -> bytes:
    """An XLSX file whose cells are text, so that no long number is rounded."""
    asked, out = headed(questions), io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        sheet = book.add_worksheet("名单")
        headings = [NAME, NUMBER, *asked]
        sheet.set_column(0, len(headings) - 1, WIDTH, text)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, bold)
        sheet.freeze_panes(1, 0)
        rules = book.add_worksheet("填写说明")
        rules.set_column(0, 1, 2 * WIDTH)
        for row, cells in enumerate(_rules(asked)):
            for place, cell in enumerate(cells):
                rules.write_string(row, place, cell)
    return out.getvalue()


def _rules(asked: dict[str, Question]) -> Iterator[tuple[str, ...]]:
    for rule in RULES:
        yield (rule,)
    yield ("列名", "怎样填写")
    yield (NAME, "与身份证一致")
    yield (NUMBER, "18位")
    for heading, question in asked.items():
        choices = "、".join(choice.label.zh for choice in question.choices)
        hint = question.hint.zh if question.hint else ""
        yield (
            heading,
            "；".join(filter(None, (f"填其中一项：{choices}" if choices else HOW.get(question.kind, ""), hint))),
        )
