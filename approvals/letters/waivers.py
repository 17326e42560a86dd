"""Papers of a deposit waived: the agreement with its revival clause, the certificate, or that no agreement came about.

Each is the contract act of the lottery centre that confirms, in its own name and number: the decision is another's.
"""

from decimal import Decimal
from typing import Any

from applications import answers as answers_of
from applications.door import Case
from applications.letters.remedies import remedy_in_english, remedy_of
from applications.letters.wording import variables
from approvals.letters.building import from_book, issue_draft
from approvals.models import Decision
from benefits.models import Waiver
from papers.capitals import amount_capitals
from papers.content import Section, SigningLine, Table
from papers.models import Paper
from papers.wording import day_in_words, named, on_paper, signer_of
from people.models import Office
from schemes.texts import LocalText

PARTICULARS = "减免的具体内容"
UNTIL = "至代销合同终止之日；押金恢复缴纳或者决定被撤销、停止的，至该日为止"


def agreement(case: Case, office: Office) -> Paper:
    """减免协议书: what is relieved and paid back, when the deposit revives, and lines for both sides to sign."""
    waiver, answers = _waiver(case), answers_of.read(case.application)
    lines = (
        SigningLine("甲方（盖章）", office.name),
        SigningLine("甲方经办人（签名）"),
        SigningLine("乙方（签名或者按手印）", str(_values(case, office)["name"])),
    )
    told = {
        "contract_number": answers.get("contract_number", ""),
        "outlet": _outlet(case, answers),
        "relief": f"{waiver.relief:.2f}",
        "capitals": amount_capitals(waiver.relief),
        "remaining": f"{_remaining(waiver, answers):.2f}",
        "refund": f"{waiver.refund_owed:.2f}",
    }
    drafted = from_book(
        case,
        "agreement",
        Paper.Kind.AGREEMENT,
        _values(case, office) | told,
        sections=_sections(_particulars(case, waiver, answers), remedy_of(case, office)),
        english=remedy_in_english(case, office),
        signing=lines,
        sealed=False,
        machine=_machine(waiver, "agreement"),
    )
    return issue_draft(case, office, drafted)


def certificate(case: Case, office: Office) -> Paper:
    """保证金减免证明: outlet, contract, relief, what the centre pays back, and from when until when it holds."""
    waiver, answers = _waiver(case), answers_of.read(case.application)
    agreed = agreement_of(case)
    told = {"agreement": agreed.number if agreed else "", "from_day": day_in_words(waiver.in_force_at)}
    force = ("减免生效", f"自{on_paper(waiver.in_force_at)}起"), ("有效期", UNTIL)
    drafted = from_book(
        case,
        "certificate",
        Paper.Kind.CERTIFICATE,
        _values(case, office) | told,
        sections=_sections(_particulars(case, waiver, answers, *force)),
        machine=_machine(waiver, "certificate"),
    )
    return issue_draft(case, office, drafted)


def no_agreement(case: Case, office: Office, reason: str) -> Paper:
    """未签订减免协议告知书: why, and what can be done about a contract; nothing about reviews of decisions."""
    answers = answers_of.read(case.application)
    told = {"contract_number": answers.get("contract_number", ""), "reason": reason.strip()}
    drafted = from_book(
        case,
        "no_agreement",
        Paper.Kind.REFUSAL,
        _values(case, office) | told,
        sections=_sections(remedy_of(case, office)),
        english=remedy_in_english(case, office),
        machine=_machine(_waiver(case), "no_agreement"),
        layout="letter",
    )
    return issue_draft(case, office, drafted)


def _waiver(case: Case) -> Waiver:
    return Waiver.objects.get(application=case.application)


def agreement_of(case: Case) -> Paper | None:
    """The agreement that was drawn up last; None where none was."""
    papers = Paper.objects.filter(case_ref=case.application.public_id, kind=Paper.Kind.AGREEMENT)
    return papers.order_by("-pk").first()


def _values(case: Case, office: Office) -> dict[str, str | LocalText]:
    granted = Decision.objects.select_related("paper", "office__signs_for")
    decision = granted.filter(application=case.application, kind=Decision.Kind.GRANT).latest("pk")
    by = named(signer_of(decision.office))
    return variables(case, office) | {"decision": decision.paper.number, "decided_by": by}


def _sections(*parts: Section | None) -> tuple[Section, ...]:
    return tuple(part for part in parts if part)


def _particulars(case: Case, waiver: Waiver, answers: dict[str, Any], *more: tuple[str, str]) -> Section:
    rows = [
        ("代销点", _outlet(case, answers)),
        ("代销合同编号", answers.get("contract_number", "")),
        ("彩票种类", _lottery(case, answers)),
        ("合同约定的押金", f"{Decimal(answers.get('deposit_due') or waiver.relief):.2f}元"),
        ("减免的押金", f"{waiver.relief:.2f}元（{amount_capitals(waiver.relief)}）"),
        ("减免后仍应缴的押金", f"{_remaining(waiver, answers):.2f}元"),
        ("由彩票中心退还的押金", f"{waiver.refund_owed:.2f}元（{amount_capitals(waiver.refund_owed)}）"),
        *more,
    ]
    filled = tuple(row for row in rows if row[1])
    return Section(PARTICULARS, (), Table(PARTICULARS, ("项目", "内容"), filled))


def _outlet(case: Case, answers: dict[str, Any]) -> str:
    return f"{case.application.division.name}{answers.get('outlet_address') or ''}"


def _lottery(case: Case, answers: dict[str, Any]) -> str:
    """What kind of lottery, as the form calls it; "" where the scheme is about one kind alone."""
    asked = next((one for one in case.application.definition.questions() if one.name == "lottery_kind"), None)
    choices = asked.choices if asked else ()
    return next((one.label.zh for one in choices if one.value == answers.get("lottery_kind")), "")


def _remaining(waiver: Waiver, answers: dict[str, Any]) -> Decimal:
    return max(Decimal(answers.get("deposit_due") or waiver.relief) - waiver.relief, Decimal("0.00"))


def _machine(waiver: Waiver, outcome: str) -> dict[str, str]:
    sums = {"relief": f"{waiver.relief:.2f}", "refund_owed": f"{waiver.refund_owed:.2f}"}
    return {"outcome": outcome, "waiver": str(waiver.state), **sums}
