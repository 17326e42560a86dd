"""Organisations' codes and names, checked and brought to one form."""

import pytest

from people.identity import (
    ORGANISATION_MAX_LENGTH,
    IdentityError,
    check_organisation,
    check_uscc,
    normalise_organisation,
)


def code_of(check, text):
    with pytest.raises(IdentityError) as error:
        check(text)
    return error.value.code


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000600037341L"])
def test_a_code_with_its_check_character_is_accepted(code):
    assert check_uscc(code) == code


def test_a_village_collective_s_code_begins_with_a_letter():
    assert check_uscc("N2532503MF12345674") == "N2532503MF12345674"


def test_grouping_width_and_case_do_not_matter():
    assert check_uscc("９１ 350100-m000100y43") == "91350100M000100Y43"


@pytest.mark.parametrize(
    "text",
    [
        "91350100M000100Y44",
        "91350100I000100Y43",
        "9135",
        "91350A00M000100Y43",
        "91350100M000100Y430",
        "统一社会信用代码",
    ],
)
def test_what_is_no_code_is_refused(text):
    assert code_of(check_uscc, text) == "uscc_form"


def test_an_empty_code_is_asked_for():
    assert code_of(check_uscc, " ") == "uscc_missing"


@pytest.mark.parametrize(
    "typed, stored",
    [
        ("蒙自阳光(残疾人)服务中心", "蒙自阳光（残疾人）服务中心"),
        ("  蒙自 阳光 服务中心 ", "蒙自阳光服务中心"),
        ("阳光服务中心 （ 蒙自 ）", "阳光服务中心（蒙自）"),
        ("Sunshine (Mengzi) Ltd", "Sunshine (Mengzi) Ltd"),
        ("阳光\u200b服务中心", "阳光服务中心"),
    ],
)
def test_a_name_is_brought_to_the_form_of_the_licence(typed, stored):
    assert normalise_organisation(typed) == stored


@pytest.mark.parametrize("name", ["红河州第1福利厂", "“彩云”盲人按摩店", "A&B咨询（云南）有限公司"])
def test_names_may_have_digits_and_marks(name):
    assert check_organisation(name) == name


@pytest.mark.parametrize("name", ["12345", "阳光\x07中心", "阳光中心😀", "阳光\ue000中心"])
def test_what_no_licence_prints_is_refused(name):
    assert code_of(check_organisation, name) == "organisation_characters"


def test_an_empty_or_endless_name_is_refused():
    assert code_of(check_organisation, "  ") == "organisation_missing"
    assert code_of(check_organisation, "阳" * (ORGANISATION_MAX_LENGTH + 1)) == "organisation_length"


def test_a_number_read_from_a_spreadsheet_is_no_name():
    assert code_of(check_organisation, 12345) == "not_text"
