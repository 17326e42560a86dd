"""Who decides on subsidised interest sees which bank is paid, how it was found, and its account masked.

`{% paid_bank bank %}` beside the line of a list, `{% bank_to_pay application answers %}` beside the decision.
"""

from collections.abc import Mapping
from typing import Any

from django import template

from applications import answers as answers_of
from applications.models import Application
from benefits.claims.banks import found_for
from benefits.models import LoanBank
from payouts.banks import Accounts
from people import vault
from schemes.rules.interest import TO_BANK, pays_bank

register = template.Library()


@register.inclusion_tag("payouts/banks/of_list.html")
def paid_bank(bank: LoanBank | None) -> dict[str, Any]:
    """The bank of a list, and the confirmed account it is paid to; nothing where nobody said whose list it is."""
    return {"bank": bank, "account": _masked(bank) if bank else ""}


@register.inclusion_tag("payouts/banks/to_pay.html")
def bank_to_pay(application: Application, answers: Mapping[str, Any] | None) -> dict[str, Any]:
    """Of an open case: which bank would be paid; nothing where policy pays the borrower, or it cannot be read."""
    if answers is None or not application.is_open or not _is_for_bank(application):
        return {}
    found = found_for(application, answers)
    return {"found": found, "account": _masked(found.bank) if found.bank else ""}


def _is_for_bank(application: Application) -> bool:
    if TO_BANK not in application.definition.policy_values:
        return False
    assessment = answers_of.read_assessment(application)
    return bool(assessment) and pays_bank(assessment)


def _masked(bank: LoanBank) -> str:
    """Empty where no account is confirmed, or it cannot be read."""
    try:
        account = Accounts().of(bank).account
    except vault.VaultError:
        return ""
    return vault.masked_account(account) if account else ""
