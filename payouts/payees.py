"""Whom a line pays: a person by citizen ID, or an organisation by its code, which stands in the same column."""

from benefits.models import Due
from people import vault


def number_of(due: Due) -> str:
    """The citizen ID or the unified social credit code in clear. Raises KeyDestroyed or Undecipherable."""
    if due.payee_organisation:
        return due.payee_organisation.uscc
    return vault.decrypt(due.payee.data_key, due.payee.id_number, "id_number")


def shown_number_of(due: Due) -> str:
    """The number as officials see it: an ID masked, a code, which is public, as it is."""
    number = number_of(due)
    return number if due.payee_organisation else vault.masked_id(number)
