"""The phase-out of the minimum living allowance: a helper files for a household, six months are paid."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from people.masking import masked_name
from people.models import Office
from project.demo import answers
from project.demo.directory import MENGZI
from tests import world
from tests.journeys import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LETTER = "低保渐退期通知书"
MONTHS = ["2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05"]


def household(monday):
    """Two people on benefit; the disabled one has worked for a year."""
    cast = world.cast(3)
    people = cast.person(years=(1965, 1990)), cast.person(1, years=(1965, 1990))
    township = Office.objects.filter(function="township", division__parent_id=MENGZI).first().division_id
    return answers.phase_out(*people, township, monday.date().replace(year=2025), 3)


def test_a_household_is_paid_for_six_months_more(page, clock, monday):
    told = household(monday)
    masked = masked_name(told["name"])
    steps.sign_in(page, "helper")
    filed = steps.apply(page, "dibao-phase-out", MENGZI, told, for_whom="other")

    found = {f"entry_{name}": value for name, value in answers.determination(monday.date()).items()}
    steps.official_says(page, clock, "township", filed.number, "accept", **found)
    expect(steps.noticed(page, masked)).not_to_contain_text(told["name"])
    steps.end_notice(page, clock, masked)
    steps.official_says(page, clock, "county-reviewer", filed.number, "agree", entry_phase_out_months=6)
    steps.official_says(page, clock, "county-approver", filed.number, "grant")
    steps.official_says(page, clock, "prefecture-reviewer", filed.number, "file")

    steps.sign_in(page, "helper", to=filed.url)
    text = steps.pdf_text(steps.download_paper(page, LETTER))
    for words in (told["name"], filed.number, "6个月", "4380.00元", "肆仟叁佰捌拾元整"):
        assert words in text

    clock.move_to(monday.replace(year=2027, month=6, day=1))
    steps.run_clock(phase_outs_ended=1)
    batch = steps.make_and_seal(page, clock, "dibao-phase-out")
    for lines in steps.approve_and_export(page, clock, batch).values():
        assert [line["所属期间"] for line in lines] == MONTHS
        assert sum(Decimal(str(line["金额(元)"])) for line in lines) == Decimal("4380.00")
