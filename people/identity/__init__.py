"""Numbers and names that identify people: how they are written, checked and compared.

Pure: no database, no settings, no clock. Messages are lazily translated; nothing here repeats the
number it complains about, so messages may be logged.
"""

from people.identity.certificate import CertificateFacts, check_certificate
from people.identity.contacts import check_account, check_phone, check_uscc, luhn_holds
from people.identity.errors import Doubt, IdentityError
from people.identity.names import NAME_MAX_LENGTH, check_name, normalise_name
from people.identity.numbers import IdFacts, age_on, check_digit, check_id, known_area_codes, normalise_id
from people.identity.organisations import ORGANISATION_MAX_LENGTH, check_organisation, normalise_organisation

__all__ = [
    "NAME_MAX_LENGTH",
    "ORGANISATION_MAX_LENGTH",
    "CertificateFacts",
    "Doubt",
    "IdFacts",
    "IdentityError",
    "age_on",
    "check_account",
    "check_certificate",
    "check_digit",
    "check_id",
    "check_name",
    "check_organisation",
    "check_phone",
    "check_uscc",
    "known_area_codes",
    "luhn_holds",
    "normalise_id",
    "normalise_name",
    "normalise_organisation",
]
