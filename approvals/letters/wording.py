"""How dates, offices and the variables of a letter are written."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from applications.door import Case
from papers.capitals import amount_capitals
from people.models import Office
from schemes.letters import LETTER_VARIABLES


def on_paper(day: date | datetime | None) -> str:
    """A day as a Chinese paper writes it: 2026年3月12日."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    return f"{day.year}年{day.month}月{day.day}日"


def month_on_paper(month: str) -> str:
    """A month "2026-12" as a Chinese paper writes it: 2026年12月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def signer_of(office: Office) -> Office:
    """In whose name an office signs: a township entrusted by the county signs in the county's."""
    return office.signs_for or office


def variables(case: Case, office: Office, **given: str) -> dict[str, str]:
    """Every variable a letter may use; those that do not apply are empty."""
    application = case.application
    amount = application.amount
    known = {
        "name": application.subject.name,
        "case_number": application.number,
        "scheme": application.definition.public_title.zh,
        "submitted_on": on_paper(application.submitted_at),
        "accepted_on": on_paper(application.accepted_at),
        "organ": signer_of(office).name,
        "division": application.division.name,
    }
    if amount is not None:
        known |= {"amount": f"{amount:.2f}", "amount_capitals": amount_capitals(amount)}
    return dict.fromkeys(LETTER_VARIABLES, "") | known | given


def basis_of(assessment: dict[str, Any] | None) -> dict[str, str]:
    """The document and clause a decision rests on: those of the first line that cites one."""
    for line in (assessment or {}).get("lines", []):
        if line["document"]:
            return {"document": line["document"], "clause": line["clause"]}
    return {}
