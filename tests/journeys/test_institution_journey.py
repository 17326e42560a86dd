"""An organisation's grant, from the authorised person's first page to the bank's file."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from project.demo.directory import MENGZI
from tests import institution
from tests.journeys import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME, CODE = institution.NAME, institution.code_of()
DECISION = "扶持补贴决定书"
PAGES = "organisation legal-representative authorised-person seat organisation-account"
PAPERS = ["licence-copy", "authorisation-letter"]


def file_page_by_page(page, told):
    steps.begin(page, institution.CODE, MENGZI)
    assert " ".join(steps.answer_pages(page, told)) == PAGES
    assert steps.papers_asked(page) == PAPERS
    steps.upload(page, *PAPERS)
    expect(page.locator("[name=declaration_authorised]")).to_have_count(1)
    return steps.check_and_submit(page)


def read_decision(page, filed):
    """The decision names the organisation and not who filed; the code to verify it with."""
    page.goto(filed.url)
    text = steps.pdf_text(steps.download_paper(page, DECISION))
    for words in (DECISION, NAME, filed.number, "50000.00元", "伍万元整"):
        assert words in text
    assert institution.answers()["name"] not in text
    return re.search(r"核验码：([0-9A-Z-]+)", text)[1]


def test_an_organisation_applies_is_noticed_granted_and_paid(page, clock):
    institution.publish()
    told = institution.answers()
    steps.sign_in(page, "applicant")
    filed = file_page_by_page(page, told)

    steps.official_says(page, clock, "clerk-of-dpf", filed.number, "accept")
    steps.official_says(page, clock, "reviewer-of-dpf", filed.number, "agree")
    expect(steps.noticed(page, NAME)).to_contain_text("50,000.00")
    steps.end_notice(page, clock, NAME)
    steps.official_says(page, clock, "approver-of-dpf", filed.number, "grant")

    steps.sign_in(page, "applicant")
    code = read_decision(page, filed)
    page.context.clear_cookies(name="sessionid")
    page.goto(f"/verify/{code}/")
    expect(page.locator("main")).to_contain_text(NAME)

    batch = steps.make_and_seal(page, clock, institution.CODE)
    for lines in steps.approve_and_export(page, clock, batch).values():
        assert [Decimal(str(line["金额(元)"])) for line in lines] == [Decimal(institution.AMOUNT)]
        paid_to = [lines[0][column] for column in ("姓名", "身份证号", "收款账号")]
        assert paid_to == [NAME, CODE, told["account"]]
