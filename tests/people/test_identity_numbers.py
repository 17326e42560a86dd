"""Citizen ID numbers, certificates and ages."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from people.identity import (
    IdentityError,
    age_on,
    check_certificate,
    check_digit,
    check_id,
    known_area_codes,
    normalise_id,
)

SAMPLES = ["532524199901010017", "532622199803150027", "411502199708280019", "500153200106290038"]
# Correct in form, but their county code is younger or older than the birth date.
CODE_AND_BIRTH_APART = ["411502198503150018", "500226198503150011", "510231197003150018", "532503200803150013"]


def completed(stem):
    return stem + check_digit(stem)


def with_check_digit(number):
    return completed(number[:17])


def code_of(function, *arguments, **options):
    with pytest.raises(IdentityError) as caught:
        function(*arguments, **options)
    return caught.value.code


valid_ids = st.builds(
    lambda area, birth, sequence: completed(f"{area}{birth:%Y%m%d}{sequence:03d}"),
    st.sampled_from(["532503", "532522", "500153", "310101", "810000"]),
    st.dates(date(1900, 1, 1), date(2026, 11, 22)),
    st.integers(1, 999),
)


@pytest.mark.parametrize("number", SAMPLES)
def test_sample_numbers_are_accepted_without_doubt(number):
    facts = check_id(number)

    assert (facts.number, facts.area_code, facts.warnings) == (number, number[:6], ())


def test_number_tells_birth_and_sex():
    facts = check_id("532622199803150027")

    assert (facts.birth, facts.sex) == (date(1998, 3, 15), "female")


@given(valid_ids)
def test_every_well_formed_number_is_accepted(number):
    assert check_id(number).number == number


@given(valid_ids, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number, place, shift):
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    with pytest.raises(IdentityError):
        check_id(wrong)


def test_full_width_digits_spaces_hyphens_and_small_x_are_read():
    assert normalise_id(" ５３２５２４-1999 0101-001x\u200b") == "53252419990101001X"


def test_numbers_of_other_scripts_are_refused():
    assert code_of(check_id, "٥32524199901010017") == "id_characters"


@pytest.mark.parametrize("number", CODE_AND_BIRTH_APART)
def test_county_code_need_not_exist_on_the_birth_date(number):
    assert check_id(with_check_digit(number)).warnings == ()


@pytest.mark.parametrize("area", ["810000", "820000", "830000"])
def test_residents_permits_are_accepted(area):
    assert check_id(completed(f"{area}19900101001")).warnings == ()


def test_unknown_area_is_only_a_doubt():
    facts = check_id(completed("99999919900101001"))

    assert [doubt.code for doubt in facts.warnings] == ["id_area_unknown"]


def test_known_areas_can_be_given():
    assert check_id(SAMPLES[0], known_areas={"110101"}).warnings[0].code == "id_area_unknown"


def test_retired_codes_are_known():
    assert {"532522", "532526", "510231", "413001", "532331"} <= known_area_codes()


@pytest.mark.parametrize(
    "text, code",
    [
        ("", "id_missing"),
        ("   ", "id_missing"),
        ("532524990101001", "id_old"),
        ("53252419990101001", "id_length"),
        ("53252419990101A017", "id_characters"),
        ("532524199902300012", "id_birth_date"),
        ("532524199901010018", "id_checksum"),
        (532524199901010017, "not_text"),
    ],
)
def test_faults_are_told_apart(text, code):
    assert code_of(check_id, text) == code


def test_birth_after_the_day_is_refused():
    assert code_of(check_id, SAMPLES[0], today=date(1998, 12, 31)) == "id_birth_future"


def test_birth_on_the_day_is_accepted():
    assert check_id(SAMPLES[0], today=date(1999, 1, 1)).birth == date(1999, 1, 1)


def test_example_of_the_certificate_rule_fails_its_checksum():
    assert code_of(check_id, "123456197011110013") == "id_checksum"


def test_message_says_what_to_do_in_the_readers_language():
    with pytest.raises(IdentityError) as caught:
        check_id("5325241999")

    with translation.override("zh-hans"):
        assert str(caught.value.message) == "身份证号码应为18位，现在是10位。请对照证件逐位核对。"


def test_errors_never_repeat_the_number():
    with pytest.raises(IdentityError) as caught:
        check_id("532524199901010018")

    error = caught.value
    assert "5325" not in f"{error} {error!r} {error.message}"


@pytest.mark.parametrize(
    "birth, day, age",
    [
        (date(2008, 11, 22), date(2026, 11, 21), 17),
        (date(2008, 11, 22), date(2026, 11, 22), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_a_year_is_completed_on_the_birthday_itself(birth, day, age):
    assert age_on(birth, day) == age


def test_certificate_tells_category_grade_and_match():
    facts = check_certificate("53252419990101001744", SAMPLES[0])

    assert (facts.category, facts.grade, facts.reissue, facts.matches_id) == (4, 4, 0, True)


@pytest.mark.parametrize("grade, severe", [(1, True), (2, True), (3, False), (4, False)])
def test_grades_one_and_two_are_severe(grade, severe):
    assert check_certificate(f"{SAMPLES[0]}4{grade}", None).severe is severe


@pytest.mark.parametrize("suffix, reissue", [("B1", 1), ("b2", 2), ("B12", 12)])
def test_reissued_certificates_are_read(suffix, reissue):
    assert check_certificate(f"{SAMPLES[0]}12{suffix}", None).reissue == reissue


def test_certificate_of_another_person_is_a_fact_not_an_error():
    assert check_certificate(f"{SAMPLES[1]}44", SAMPLES[0]).matches_id is False


def test_certificate_without_an_id_leaves_the_match_open():
    assert check_certificate(f"{SAMPLES[0]}44", None).matches_id is None


def test_certificate_of_21_digits_is_only_a_doubt():
    facts = check_certificate(f"{SAMPLES[0]}120", SAMPLES[0])

    assert (facts.category, facts.grade) == (1, 2)
    assert [doubt.code for doubt in facts.warnings] == ["certificate_extra_digit"]


def test_certificate_on_an_impossible_id_is_a_doubt():
    assert check_certificate("53252419990101001844", None).warnings[0].code == "certificate_id_invalid"


@pytest.mark.parametrize(
    "text, code",
    [
        ("", "certificate_missing"),
        (SAMPLES[0], "certificate_length"),
        (f"{SAMPLES[0]}04", "certificate_form"),
        (f"{SAMPLES[0]}84", "certificate_form"),
        (f"{SAMPLES[0]}45", "certificate_form"),
        (f"{SAMPLES[0]}44B0", "certificate_form"),
    ],
)
def test_certificate_faults_are_told_apart(text, code):
    assert code_of(check_certificate, text, None) == code
