"""Citizen ID numbers 公民身份号码 (GB 11643-1999) and what they tell: birth, sex, first area.

Checksum and date decide. The area code only raises a doubt: numbers are allotted years after birth, so
a code may be younger or older than the person (libraries that compare the two refuse real citizens).
"""

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from people.identity.characters import compact
from people.identity.errors import Doubt, IdentityError

DATA = Path(__file__).resolve().parent.parent / "data"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
ID_FORM = re.compile(r"[0-9]{17}[0-9X]")
# Residents' permits 居民居住证 of people from Hong Kong, Macao and Taiwan.
PERMIT_AREAS = frozenset({"810000", "820000", "830000"})


@dataclass(frozen=True)
class IdFacts:
    """What a valid ID number says. `sex` is "male" or "female"; `area_code` is where it was first allotted."""

    number: str
    birth: date
    sex: str
    area_code: str
    warnings: tuple[Doubt, ...] = ()


def normalise_id(text: str) -> str:
    """The one form in which an ID is compared and indexed: ASCII digits without grouping, capital X."""
    return compact(text)


def check_digit(first_seventeen: str) -> str:
    """The eighteenth character that belongs to seventeen digits (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11]


def check_id(text: str, *, today: date | None = None, known_areas: Collection[str] | None = None) -> IdFacts:
    """Read an ID number. `today` (the policy date) refuses births after it; `known_areas` replaces the
    country's own list of codes. Raises IdentityError; an unknown area is only a warning.
    """
    number = normalise_id(text)
    _check_form(number)
    birth = _birth_in(number, today)
    if check_digit(number[:17]) != number[17]:
        raise IdentityError("id_checksum")
    areas = known_area_codes() if known_areas is None else known_areas
    warnings = () if number[:6] in areas else (Doubt("id_area_unknown"),)
    sex = "male" if int(number[16]) % 2 else "female"
    return IdFacts(number, birth, sex, number[:6], warnings)


def _check_form(number: str) -> None:
    """Refuse what does not look like an ID, saying which way it does not."""
    if not number:
        raise IdentityError("id_missing")
    if re.fullmatch(r"[0-9]{15}", number):
        raise IdentityError("id_old")
    if len(number) != 18:
        raise IdentityError("id_length", count=len(number))
    if not ID_FORM.fullmatch(number):
        raise IdentityError("id_characters")


def _birth_in(number: str, today: date | None) -> date:
    """The birth date an ID holds; refuses dates that do not exist or have not come yet."""
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise IdentityError("id_birth_date") from error
    if today is not None and birth > today:
        raise IdentityError("id_birth_future")
    return birth


def age_on(birth: date, day: date) -> int:
    """Completed years on a day. Somebody born on 29 February completes a year on 1 March of common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@lru_cache(maxsize=1)
def known_area_codes() -> frozenset[str]:
    """Every province, prefecture and county code of the vendored tables, retired ones and permits included."""
    codes = set(PERMIT_AREAS)
    for name in ("divisions.csv", "retired_codes.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as table:
            codes.update(row["code"] for row in csv.DictReader(table) if len(row["code"]) == 6)
    return frozenset(codes)
