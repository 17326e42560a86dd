"""What one case says of a person does not change what another rests on."""

import pytest

from applications.parties import named_in
from people.models import Person
from people.synthetic import synthetic_person
from tests import world

pytestmark = pytest.mark.django_db


def known_by(person, name):
    return {"name": name, "id_number": person.id_number, "disability_certificate": person.certificate}


def test_somebody_else_filing_for_a_person_cannot_rename_them():
    person = synthetic_person(321, "532503", (1975, 1985))
    world.waiver(0, **known_by(person, "李晓燕")).submit()
    world.waiver(2, **known_by(person, "别的名字"), contract_number="DX53250399999").submit()
    assert Person.objects.get(applications__number__startswith="YJ5325032026000001").name == "李晓燕"


def test_a_name_misspelt_in_a_case_taken_back_is_corrected_by_the_next():
    person = synthetic_person(322, "532503", (1975, 1985))
    world.waiver(0, **known_by(person, "李小燕")).submit().withdraw()
    case = world.waiver(2, **known_by(person, "李晓燕")).submit()
    assert case.application.subject.name == "李晓燕"


def test_the_certificate_of_a_family_member_is_not_taken_for_the_applicants():
    person, relative = (synthetic_person(seed, "532503", (1975, 1985)) for seed in (323, 324))
    case = world.waiver(0).application
    said = {"name": "李晓燕", "id_number": person.id_number, "disability_certificate": relative.certificate}
    (applicant,) = named_in(case, {**said, "certificate_holder": "family"})
    assert not applicant.certificate
    (applicant,) = named_in(case, {**said, "certificate_holder": "self"})
    assert applicant.certificate
