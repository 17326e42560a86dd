"""The demonstration's seals: one for each office, made once."""

from datetime import UTC, datetime

import pytest

from papers.models import Seal
from papers.seals import register
from people.models import Office
from project.demo import seals

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, tzinfo=UTC)


def test_every_office_has_a_seal_that_is_made_once(peopled):
    seals.build(AT)
    made = list(Seal.objects.values_list("pk", "serial"))
    seals.build(AT)

    assert list(Seal.objects.values_list("pk", "serial")) == made
    assert len(made) == Office.objects.count()


def test_schools_and_one_county_seal_by_hand(peopled):
    seals.build(AT)
    by_hand = {office for office in Office.objects.all() if register.sealed_by_hand(office, AT.date())}

    assert {office.function for office in by_hand} >= {"school", "civil_affairs"}
    assert all(office.function == "school" or office.division_id.startswith("532523") for office in by_hand)
