"""The letter of a grant in instalments says what each is paid for, how much, by when, and what has to be shown."""

import pytest
from django.template.loader import render_to_string

from papers import reading
from papers.models import Paper
from tests import institution
from tests.benefits import instalments as staged

pytestmark = pytest.mark.django_db
HEADING = "分期拨付"


def letter(case):
    return reading.content(Paper.objects.get(case_ref=case.public_id, kind="grant"))


def table_of(case):
    content = letter(case)
    return next(section.table for section in content.sections if section.heading == HEADING)


@pytest.fixture
def case(peopled):
    staged.publish()
    return staged.granted()


def test_each_instalment_is_a_row_with_its_sum_its_day_and_what_to_show(case):
    table = table_of(case)
    assert table.headers == ("期次", "节点", "应完成的日期", "金额", "要报告的材料")
    assert [(row[0], row[1], row[3]) for row in table.rows] == [
        ("1", "随决定支付", "20000.00"), ("2", "建设、购置验收", "20000.00"), ("3", "留存款到期", "10000.00"),
    ]  # fmt: skip
    day = staged.milestone(case).due_on
    assert table.rows[1][2] == f"{day.year}年{day.month}月{day.day}日"
    assert "验收单" in table.rows[1][4]


def test_what_a_sum_is_made_of_is_told(peopled):
    staged.publish_components()
    costs = [{"component": "equipment", "cost": "33333.33"}, {"component": "rent", "cost": "99999.99"}]
    table = table_of(staged.granted(components=costs))
    assert table.headers[4] == "其中"
    assert [row[3:5] for row in table.rows] == [
        ("14666.68", "设备6666.67；租金8000.01"),
        ("14666.67", "设备6666.67；租金8000.00"),
        ("7333.33", "设备3333.33；租金4000.00"),
    ]


def test_a_grant_paid_at_once_has_no_such_table(peopled):
    institution.publish()
    assert HEADING not in str(letter(institution.granted()))


def test_the_copy_in_english_and_programs_are_told_too(case):
    content = letter(case)
    assert "The grant is paid in 3 instalments." in " ".join(content.english)
    assert [row["amount"] for row in content.machine["instalments"]] == ["20000.00", "20000.00", "10000.00"]


def test_the_page_of_the_letter_shows_the_table(case):
    said = render_to_string("papers/twin.html", {"content": letter(case)})
    assert all(words in said for words in (HEADING, "建设、购置验收", "20000.00", "验收单"))
