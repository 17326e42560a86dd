"""The grant, from the applicant's first page to the bank's file, through the pages everybody uses."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from people.models import Office
from project.demo import answers
from project.demo.directory import MENGZI
from tests import world
from tests.journeys import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME, MASKED = "欧阳𬱖", "欧阳*"
DECISION = "一次性求职补贴决定书"
COLUMNS = "序号, 批次号, 事项, 申请编号, 姓名, 身份证号, 收款账号, 开户行, 金额(元), 所属期间, 区划代码, 备注"
PAGES = "name identity certificate phone school study-mode graduation seeking before account"
PAPERS = ["id-copy", "certificate-copy", "enrolment-proof"]


def graduate(monday):
    """What a graduate of a school the county runs answers."""
    school = Office.objects.get(division_id=MENGZI, function="school", run_by="county")
    return answers.grant(world.cast(5).person(), school, monday.date(), name=NAME)


def file_page_by_page(page, answers):
    steps.begin(page, "grad-jobseeking", MENGZI)
    assert " ".join(steps.answer_pages(page, answers)) == PAGES
    assert steps.papers_asked(page) == PAPERS
    steps.upload(page, *PAPERS)
    return steps.check_and_submit(page)


def read_decision(page, filed):
    """The decision on the case's page and in its PDF agree; the code to verify it with."""
    page.goto(filed.url)
    number = re.search(r"\S+〔2026〕\d+号", steps.paper_listed(page, DECISION).inner_text())[0]
    text = steps.pdf_text(steps.download_paper(page, DECISION))
    for words in (DECISION, NAME, number, filed.number, "1000.00元", "壹仟元整"):
        assert words in text
    return re.search(r"核验码：([0-9A-Z-]+)", text)[1]


def verify_in_public(page, code):
    page.context.clear_cookies(name="sessionid")
    page.goto(f"/verify/{code}/")
    expect(page.locator("main")).to_contain_text(MASKED)
    expect(page.locator("main")).not_to_contain_text(NAME)


def test_a_graduate_applies_is_noticed_granted_and_paid(page, clock, monday):
    told = graduate(monday)
    steps.sign_in(page, "applicant")
    filed = file_page_by_page(page, told)

    steps.official_says(page, clock, "school", filed.number, "accept")
    steps.official_says(page, clock, "county-reviewer", filed.number, "agree")
    row = steps.noticed(page, MASKED)
    expect(row).to_contain_text("1,000.00")
    expect(row).not_to_contain_text(NAME)
    steps.end_notice(page, clock, MASKED)
    steps.official_says(page, clock, "prefecture-approver", filed.number, "grant")

    steps.sign_in(page, "applicant")
    verify_in_public(page, read_decision(page, filed))

    batch = steps.make_and_seal(page, clock, "grad-jobseeking")
    files = steps.approve_and_export(page, clock, batch)
    for lines in files.values():
        assert ", ".join(lines[0]) == COLUMNS
        assert [line["申请编号"] for line in lines] == [filed.number]
        assert sum(Decimal(str(line["金额(元)"])) for line in lines) == Decimal("1000.00")
        paid_to = [lines[0][column] for column in ("姓名", "身份证号", "收款账号")]
        assert paid_to == [NAME, told["id_number"], told["account"]]
