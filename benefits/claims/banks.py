"""Which bank is paid the subsidised interest of its borrower 贴息, where policy pays the bank and not the borrower.

assumed: by 财金〔2023〕75号 the bank claims each quarter for its borrowers, in a list; no text says how the bank of a
claim is found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications.door import Case
from applications.models import Application
from benefits.models import LoanBank
from people.identity import normalise_organisation
from people.refusals import Conflict
from schemes.rules.interest import pays_bank

# What a bank's list says of a claim where it names one: the standings of approvals.models.LoanListLine.
MATCHED = ("agrees", "granted", "differs")


@dataclass(frozen=True)
class Found:
    """The banks that may be meant, one where it is clear. `by_name`: no list names the claim, the borrower did."""

    banks: tuple[LoanBank, ...]
    by_name: bool

    @property
    def bank(self) -> LoanBank | None:
        """The bank that is paid; None where there is none, or several."""
        return self.banks[0] if len(self.banks) == 1 else None

    @property
    def fault(self) -> str:
        """Why nobody can be paid, and what to do; "" where it is clear who is."""
        if self.bank:
            return ""
        return _ambiguous() if self.banks else _unknown()


def bank_paid(case: Case, assessment: Mapping[str, Any]) -> LoanBank | None:
    """The bank that is paid by a frozen assessment, None where the borrower is.

    Its row stays locked until the grant is done, after the benefit and before the envelope: whoever confirms another
    account of the bank meanwhile waits, and then knows of the grant. Raises Conflict where there is none, or several.
    """
    if not pays_bank(assessment):
        return None
    found = found_for(case.application, answers_of.read(case.application))
    if found.bank is None:
        raise Conflict(found.fault, code="bank_unknown")
    LoanBank.objects.select_for_update(of=("self",), no_key=True).get(pk=found.bank.pk)
    return found.bank


def found_for(application: Application, answers: Mapping[str, Any]) -> Found:
    """Whose loan it is: the bank whose list names the claim; without a list, the one called as the borrower wrote."""
    lineage = application.division.lineage
    near = LoanBank.objects.filter(division__in=lineage).select_related("organisation")
    lines = {"lists__lines__application": application, "lists__lines__standing__in": MATCHED}
    listed = list(near.filter(**lines).distinct())
    banks = listed or _called(str(answers.get("lender") or ""), list(near))
    return Found(tuple(_nearest(banks, lineage)), by_name=not listed)


def _called(said: str, banks: list[LoanBank]) -> list[LoanBank]:
    """The banks of that name."""
    name = _compared(said)
    return [bank for bank in banks if name and _compared(bank.organisation.name) == name]


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
