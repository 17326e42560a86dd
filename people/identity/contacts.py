"""Telephones, bank accounts and the codes of organisations."""

import re

from stdnum.cn import uscc

from people.identity.characters import compact
from people.identity.errors import Doubt, IdentityError

COUNTRY_PREFIX = re.compile(r"^(?:\+86|0086|86(?=1[3-9][0-9]{9}$))")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Area codes of three digits (010, 02x) and of four; subscriber numbers of seven or eight digits.
LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})([0-9]{7,8})")
BRACKETS = re.compile(r"[()]")
ACCOUNT = re.compile(r"[0-9]{12,30}")
# Registering department and kind may be letters (N2 is a village's economic collective), the place is six digits.
USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")


def check_phone(text: str) -> str:
    """The number as stored: eleven digits for a mobile, area-subscriber with one hyphen for a landline.

    A telephone is a way to reach somebody, never an identity. Raises IdentityError.
    """
    number = COUNTRY_PREFIX.sub("", BRACKETS.sub("", compact(text)))
    if not number:
        raise IdentityError("phone_missing")
    if MOBILE.fullmatch(number):
        return number
    landline = LANDLINE.fullmatch(number)
    if not landline:
        raise IdentityError("phone_form")
    return "-".join(landline.groups())


def luhn_holds(number: str) -> bool:
    """Whether a digit string ends with its Luhn check digit, as bank cards do."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2]]
    return (sum(doubled) + sum(int(digit) for digit in number[-1::-2])) % 10 == 0


def check_account(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """The account without grouping and what is doubtful about it. Passbooks and rural credit accounts may
    fail the card checksum, so that only warns. Raises IdentityError.
    """
    number = compact(text)
    if not number:
        raise IdentityError("account_missing")
    if not ACCOUNT.fullmatch(number):
        raise IdentityError("account_form")
    return number, () if luhn_holds(number) else (Doubt("account_luhn"),)


def check_uscc(text: str) -> str:
    """The unified social credit code 统一社会信用代码 (GB 32100-2015) in its one form. Raises IdentityError."""
    code = compact(text)
    if not code:
        raise IdentityError("uscc_missing")
    if not USCC.fullmatch(code) or uscc.calc_check_digit(code[:-1]) != code[-1]:
        raise IdentityError("uscc_form")
    return code
