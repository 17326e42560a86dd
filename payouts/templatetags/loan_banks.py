"""`{% paid_bank bank %}`: who decides on subsidised interest sees which bank a list names, and its account masked."""

from typing import Any

from django import template

from benefits.models import LoanBank
from payouts.banks import Accounts
from people import vault

register = template.Library()


@register.inclusion_tag("payouts/banks/of_list.html")
def paid_bank(bank: LoanBank | None) -> dict[str, Any]:
    """The bank of a list, and the confirmed account it is paid to; nothing where nobody said whose list it is."""
    return {"bank": bank, "account": _masked(bank) if bank else ""}


def _masked(bank: LoanBank) -> str:
    """Empty where no account is confirmed, or it cannot be read."""
    try:
        account = Accounts().of(bank).account
    except vault.VaultError:
        return ""
    return vault.masked_account(account) if account else ""
