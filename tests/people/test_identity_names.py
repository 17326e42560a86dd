"""Names, telephones, accounts and codes of organisations."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.identity import (
    NAME_MAX_LENGTH,
    IdentityError,
    check_account,
    check_name,
    check_phone,
    check_uscc,
    normalise_name,
)


def code_of(function, *arguments):
    with pytest.raises(IdentityError) as caught:
        function(*arguments)
    return caught.value.code


@pytest.mark.parametrize("dot", ["·", "•", "・", "‧", "．", "."])
def test_look_alikes_become_the_one_interpunct(dot):
    assert normalise_name(f"阿依古丽{dot}买买提") == "阿依古丽\u00b7买买提"


@pytest.mark.parametrize(
    "typed, stored",
    [
        ("  张三 ", "张三"),
        ("张　三", "张三"),
        ("阿苦 · 木呷", "阿苦·木呷"),
        ("John   Q.  Smith", "John Q. Smith"),
        ("张\u200b三", "张三"),
    ],
)
def test_stray_spaces_are_taken_out(typed, stored):
    assert normalise_name(typed) == stored


@pytest.mark.parametrize("name", ["李䶮", "王㛃", "陈𬱖", "杨𠅤", "赵𬭬", "刘〇", "\U000323af明", "ꀉꇐ", "བཀྲ་ཤིས"])
def test_rare_characters_and_scripts_are_kept(name):
    assert check_name(name) == name


def test_compatibility_forms_are_not_folded_into_others():
    assert normalise_name("㊀") == "㊀"


def test_names_of_fifty_characters_are_accepted():
    assert check_name("阿" * 50) == "阿" * 50


@pytest.mark.parametrize(
    "text, code",
    [
        ("", "name_missing"),
        (" · ", "name_missing"),
        ("阿" * (NAME_MAX_LENGTH + 1), "name_length"),
        ("张😀", "name_characters"),
        ("张\x00三", "name_characters"),
        ("张\n三", "name_characters"),
        ("张3", "name_characters"),
        ("-", "name_characters"),
        ("张\ue123", "name_private_use"),
        (None, "not_text"),
    ],
)
def test_what_is_no_name_is_refused(text, code):
    assert code_of(check_name, text) == code


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(text):
    once = normalise_name(text)

    assert normalise_name(once) == once


@pytest.mark.parametrize(
    "typed, stored",
    [
        ("138 1234 5678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("１３８12345678", "13812345678"),
        ("(0873) 3720000", "0873-3720000"),
        ("08733720000", "0873-3720000"),
        ("010-12345678", "010-12345678"),
    ],
)
def test_telephones_are_brought_to_one_form(typed, stored):
    assert check_phone(typed) == stored


@pytest.mark.parametrize("text", ["12812345678", "1381234567", "3720000", "0873-372000", "abc"])
def test_what_is_no_telephone_is_refused(text):
    assert code_of(check_phone, text) == "phone_form"


def test_account_without_grouping_and_doubt():
    assert check_account("6217 0036 0001 2345 672") == ("6217003600012345672", ())


def test_account_that_fails_the_card_checksum_only_raises_a_doubt():
    number, doubts = check_account("6217003600012345673")

    assert (number, [doubt.code for doubt in doubts]) == ("6217003600012345673", ["account_luhn"])


@pytest.mark.parametrize("digits", [12, 30])
def test_accounts_of_12_to_30_digits_are_accepted(digits):
    assert check_account("1" * digits)[0] == "1" * digits


@pytest.mark.parametrize("text", ["1" * 11, "1" * 31, "62170036000123456AB"])
def test_what_is_no_account_is_refused(text):
    assert code_of(check_account, text) == "account_form"


def test_organisation_code_is_brought_to_one_form():
    assert check_uscc(" 91350100m000100y43 ") == "91350100M000100Y43"


@pytest.mark.parametrize("text", ["91350100M000100Y44", "91350100I000100Y43", "9135"])
def test_wrong_organisation_code_is_refused(text):
    assert code_of(check_uscc, text) == "uscc_form"


def test_module_needs_no_configured_django():
    script = "from people.identity import check_id; print(check_id('532524199901010017').sex)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PATH": ""})

    assert run.stdout == "male\n"
