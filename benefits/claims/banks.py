"""Which bank is paid the subsidised interest of its borrower 贴息, where policy pays the bank and not the borrower.

assumed: by 财金〔2023〕75号 the bank claims each quarter for its borrowers, in a list; no text says how the bank of a
claim is found.
"""

from typing import Any

from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications.door import Case
from benefits.models import LoanBank
from people.identity import normalise_organisation
from people.refusals import Conflict
from schemes.rules.interest import pays_bank

# What a bank's list says of a claim where it names one: the standings of approvals.models.LoanListLine.
MATCHED = ("agrees", "granted", "differs")


def bank_paid(case: Case, assessment: dict[str, Any]) -> LoanBank | None:
    """The bank that is paid by a frozen assessment, None where the borrower is.

    It is the one whose list names the claim; without a list, the one that is called as the borrower wrote.
    Raises Conflict where there is none, or several.
    """
    if not pays_bank(assessment):
        return None
    lineage = case.application.division.lineage
    near = LoanBank.objects.filter(division__in=lineage).select_related("organisation")
    lines = {"lists__lines__application": case.application, "lists__lines__standing__in": MATCHED}
    found = _nearest(list(near.filter(**lines).distinct()) or _called_so(case, list(near)), lineage)
    if len(found) != 1:
        raise Conflict(_ambiguous() if found else _unknown(), code="bank_unknown")
    return found[0]


def _called_so(case: Case, banks: list[LoanBank]) -> list[LoanBank]:
    """The banks of that name."""
    said = _compared(str(answers_of.read(case.application).get("lender") or ""))
    return [bank for bank in banks if said and _compared(bank.organisation.name) == said]


def _nearest(banks: list[LoanBank], lineage: list[str]) -> list[LoanBank]:
    """One for each organisation: of one that several divisions registered, that of the nearest."""
    from_above = sorted(banks, key=lambda bank: lineage.index(bank.division_id))
    return list({bank.organisation_id: bank for bank in from_above}.values())


def _compared(name: str) -> str:
    return "".join(normalise_organisation(name).split())


def _unknown() -> str:
    return _(
        "贴息拨付给经办银行，但没有找到这笔贷款的银行。请财政局先登记这家银行，"
        "再在“核对银行贴息清单”里上传它的清单并选择银行，或者让申请人更正贷款银行的名称。"
    )


def _ambiguous() -> str:
    return _("不止一家银行的清单列了这笔贷款，不能确定拨付给谁。请先与银行核实。")
