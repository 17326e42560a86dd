"""Every family of schemes applied for by somebody who hears the screen and has no mouse: alone, and helping another.

From the front page to the receipt, by what the accessibility tree tells alone: where one is, what is asked, what is
wrong, how far one is, what was handed in, under which number the case goes and until when somebody answers.
"""

import pytest
from django.utils import translation

from applications.states import State
from schemes.files.catalogue_files import read_schemes
from tests.journeys.by_ear.ears import Ears
from tests.journeys.by_ear.families import FAMILIES, WAYS, file_by_ear

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_every_family_of_schemes_is_walked():
    filed = [(scheme.benefit_kind, scheme.code) for scheme in read_schemes() if scheme.can_be_filed]
    assert {family for family, _code in filed} == set(FAMILIES)
    assert set(FAMILIES.items()) <= set(filed)


@pytest.mark.parametrize("account", WAYS)
@pytest.mark.parametrize("family", FAMILIES)
def test_somebody_who_hears_the_screen_gets_to_the_receipt(page, clock, family, account):
    ears = Ears(page)
    ears.open("/")
    case = file_by_ear(ears, clock, family, account)
    assert case.state != State.DRAFT
    assert case.for_other == (account == "helper")


@pytest.mark.parametrize("family, account", [("grant", "applicant"), ("waiver", "helper")])
def test_somebody_who_hears_it_in_english_gets_there_too(page, clock, family, account):
    ears = Ears(page)
    ears.open("/")
    ears.follow("button", "English")
    with translation.override("en"):
        case = file_by_ear(ears, clock, family, account)
    assert case.state != State.DRAFT
    assert case.for_other == (account == "helper")
