"""Invented people are valid, various and the same everywhere."""

from people.identity import check_account, check_certificate, check_id, check_name, check_phone
from people.synthetic import synthetic_person

CROWD = [synthetic_person(number, "532503") for number in range(2000)]


def test_numbers_are_valid_and_agree():
    for person in CROWD:
        facts = check_id(person.id_number)
        assert (facts.birth, facts.sex, facts.area_code, facts.warnings) == (person.birth, person.sex, "532503", ())
        assert check_certificate(person.certificate, person.id_number).matches_id


def test_names_accounts_and_telephones_are_valid():
    for person in CROWD:
        assert check_name(person.name) == person.name
        assert check_account(person.account) == (person.account, ())
        assert check_phone(person.phone) == person.phone


def test_nobody_shares_a_number():
    for field in ("id_number", "certificate", "phone", "account"):
        assert len({getattr(person, field) for person in CROWD}) == len(CROWD)


def test_same_arguments_give_the_same_person():
    assert synthetic_person(7, "532622", (1990, 2000)) == synthetic_person(7, "532622", (1990, 2000))


def test_births_lie_in_the_range():
    years = {synthetic_person(number, "532622", (1998, 1999)).birth.year for number in range(800)}

    assert years == {1998, 1999}


def test_township_counts_as_its_county():
    assert synthetic_person(1, "532503001").id_number.startswith("532503")


def test_some_names_have_an_interpunct_and_some_rare_characters():
    assert any("·" in person.name for person in CROWD)
    assert any(ord(character) > 0xFFFF for person in CROWD for character in person.name)
