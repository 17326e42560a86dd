"""Disability certificate numbers 残疾人证号 (残疾人证管理办法 第五条)."""

import re
from dataclasses import dataclass

from people.identity.characters import compact
from people.identity.errors import Doubt, IdentityError
from people.identity.numbers import check_id, normalise_id

CERTIFICATE_FORM = re.compile(r"[0-9]{17}[0-9X][1-7][1-4](B[1-9][0-9]?)?")
# Longer numbers stand on certificates in use; officials compare them with the card.
LONG_FORM = re.compile(r"[0-9]{17}[0-9X][1-7][1-4][0-9]")


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate number says.

    `category` is 1 sight, 2 hearing, 3 speech, 4 limb, 5 intellectual, 6 mental, 7 multiple; `grade` 1 is the
    most severe, 4 the least. `reissue` counts replacements (0 for the first certificate). `matches_id` is
    whether it begins with the holder's ID, None where no ID was given.
    """

    number: str
    category: int
    grade: int
    reissue: int
    matches_id: bool | None
    warnings: tuple[Doubt, ...] = ()

    @property
    def severe(self) -> bool:
        """Whether the grade counts as severe 重度 (grades 1 and 2)."""
        return self.grade <= 2


def check_certificate(text: str, id_number: str | None) -> CertificateFacts:
    """Read a certificate number and compare it with the holder's ID; a mismatch is a fact, not an error.

    Raises IdentityError when the number does not have the form of a certificate.
    """
    number = compact(text)
    _check_form(number)
    matches = None if id_number is None else number[:18] == normalise_id(id_number)
    return CertificateFacts(
        number=number,
        category=int(number[18]),
        grade=int(number[19]),
        reissue=int(number[21:] or 0) if number[20:21] == "B" else 0,
        matches_id=matches,
        warnings=_doubts(number),
    )


def _check_form(number: str) -> None:
    """Refuse what cannot be a certificate number, saying which way."""
    if not number:
        raise IdentityError("certificate_missing")
    if CERTIFICATE_FORM.fullmatch(number) or LONG_FORM.fullmatch(number):
        return
    if not 20 <= len(number) <= 23:
        raise IdentityError("certificate_length", count=len(number))
    raise IdentityError("certificate_form")


def _doubts(number: str) -> tuple[Doubt, ...]:
    """What an official should look at on the card itself."""
    doubts = [Doubt("certificate_extra_digit")] if LONG_FORM.fullmatch(number) else []
    try:
        check_id(number[:18])
    except IdentityError:
        doubts.append(Doubt("certificate_id_invalid"))
    return tuple(doubts)
