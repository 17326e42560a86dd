"""Parts are joined as the reader's language joins them, everywhere by the same few functions."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from people.joining import aside, in_a_row, labelled, listed

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("people", "schemes", "workflows", "papers", "telling", "applications", "benefits", "approvals", "helping")
ROOMS += ("payouts", "archives", "project")
RAW = re.compile(r"""_?\(?["'][、；]["']\)?\.join\(|join:["'][、；，]["']""")
# Chinese documents, sheets with Chinese headings and texts that are kept in both languages side by side.
IN_CHINESE = {
    "approvals/letters/instalments.py",
    "archives/sources/services.py",
    "archives/sources/filings.py",
    "helping/paper_forms/content.py",
    "helping/sheets/cells.py",
    "helping/sheets/template.py",
    "people/joining.py",
    "schemes/building/splitting.py",
    "schemes/rules/engine.py",
    "templates/archives/my_data/copy.html",
}


@pytest.mark.parametrize(
    "language,told",
    [
        ("zh-hans", ("甲、乙", "甲；乙", "甲：乙", "（甲）")),
        ("en", ("甲, 乙", "甲; 乙", "甲: 乙", " (甲)")),
    ],
)
def test_each_language_joins_in_its_own_way(language, told):
    with override(language):
        assert (listed("甲乙"), in_a_row("甲乙"), labelled("甲", "乙"), aside("甲")) == told


def test_where_there_is_nothing_to_say_nothing_is_joined():
    assert (listed([]), labelled("甲", ""), aside("")) == ("", "甲", "")


def test_nothing_joins_by_chinese_signs_of_its_own():
    code = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    found = [path for path in [*code, *(ROOT / "templates").rglob("*.html")] if RAW.search(path.read_text("utf-8"))]
    assert {str(path.relative_to(ROOT)) for path in found} - IN_CHINESE == set()
