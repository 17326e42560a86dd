"""Whom a line pays, and into which account: the applicant by citizen ID or code, or the bank that gave a loan.

A line to a bank names the loan and its borrower in the note, so that the bank finds whose interest it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications import answers as answers_of
from applications.naming import name_in
from benefits.models import Due
from payouts.banks import Accounts
from people import vault


@dataclass(frozen=True)
class Paid:
    """Name, number (citizen ID or unified social credit code), account and bank in clear; "" where there is none."""

    name: str
    number: str
    account: str
    bank: str
    note: str = ""


def paid_by(due: Due, accounts: Accounts) -> Paid:
    """Whom a line pays; `accounts` are those of banks. Raises KeyDestroyed or Undecipherable."""
    answers = answers_of.read(due.application)
    if due.bank:
        return _bank(due, answers, accounts)
    name = name_in(due.application, answers)
    return Paid(name, number_of(due), answers.get("account", ""), answers.get("bank", ""))


def _bank(due: Due, answers: Mapping[str, Any], accounts: Accounts) -> Paid:
    organisation, account = due.bank.organisation, accounts.of(due.bank)
    # The borrower first: where a file has room for so many characters only, the end of the contract is what goes.
    note = f"贴息 借款人{name_in(due.application, answers)} 借款合同{answers.get('loan_contract', '')}"
    return Paid(organisation.name, organisation.uscc, account.account, account.opened_at, note)


def number_of(due: Due) -> str:
    """The applicant's citizen ID or unified social credit code in clear. Raises KeyDestroyed or Undecipherable."""
    if due.payee_organisation:
        return due.payee_organisation.uscc
    return vault.decrypt(due.payee.data_key, due.payee.id_number, "id_number")


def is_public(due: Due) -> bool:
    """Whether the number is a code, which is public, and no citizen ID."""
    return due.bank is not None or due.payee_organisation is not None
