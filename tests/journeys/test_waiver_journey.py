"""The waiver of the lottery deposit: a paper asked for once more, a decision, a contract; no money."""

import pytest
from playwright.sync_api import expect

from benefits.models import Waiver
from project.demo import answers
from project.demo.directory import MENGZI
from tests import world
from tests.journeys import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DECISION = "彩票代销押金减免决定书"
MESSAGE = "押金条款那一页不清楚，请重新拍照。"


@pytest.fixture
def owed(clock, monkeypatch):
    """The number of somebody else's grant that waits to be paid; nobody reads its papers here."""
    with monkeypatch.context() as patch:
        patch.setattr("papers.rendering.render", lambda paper: b"%PDF-1.7")
        return world.granted().application.number


def correct(page, clock, filed):
    """The clerk asks for the contract once more, the applicant hands it in."""
    steps.open_case(page, clock, "county-clerk", filed.number)
    steps.ask_for(page, "agency-contract", MESSAGE)
    clock.shift(steps.HOUR)
    steps.sign_in(page, "applicant", to=filed.url)
    steps.answer_correction(page, "agency-contract")


def test_an_agent_corrects_is_relieved_and_gets_no_money_from_us(page, clock, owed):
    agent = answers.waiver(world.cast(0).person(years=(1970, 1998)), MENGZI, "welfare")
    steps.sign_in(page, "applicant")
    filed = steps.apply(page, "lottery-deposit-waiver", MENGZI, agent)
    correct(page, clock, filed)
    for account, outcome in (
        ("county-clerk", "accept"),
        ("dpf", "agree"),
        ("county-reviewer", "agree"),
        ("prefecture-approver", "grant"),
    ):
        steps.official_says(page, clock, account, filed.number, outcome)

    steps.sign_in(page, "applicant", to=filed.url)
    text = steps.pdf_text(steps.download_paper(page, DECISION))
    for words in (agent["name"], filed.number, "10000.00元", "壹万元整"):
        assert words in text
    assert Waiver.objects.get().state == "agreement_pending"

    steps.official_says(page, clock, "lottery-centre", filed.number, "confirm")
    assert Waiver.objects.get().state == "in_force"
    steps.sign_in(page, "applicant", to=filed.url)
    expect(page.locator("main")).to_contain_text("协议已经确认")

    batch = steps.make_and_seal(page, clock, "grad-jobseeking")
    files = steps.approve_and_export(page, clock, batch)
    assert {line["申请编号"] for lines in files.values() for line in lines} == {owed}
    page.goto("/finance/")
    expect(page.locator("main")).to_contain_text("现在没有可以拨付的款项。")
