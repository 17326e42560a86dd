"""Papers of the decision: grant, waiver, phase-out, refusal."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from applications import answers as answers_of
from applications.door import Case
from applications.letters.wording import variables
from approvals.letters import instalments
from approvals.letters.building import Draft, draft, issue_draft, remedy_in_english, remedy_of
from approvals.letters.wording import basis_of
from approvals.said import Said
from benefits.models import Due
from papers.capitals import amount_capitals
from papers.content import Section, Table
from papers.models import Paper
from papers.wording import month_in_words, month_on_paper
from schemes.definition import GRANTING_LETTER
from schemes.rules.interest import pays_bank
from schemes.texts import LocalText
from workflows.models import WorkItem

OWN_ACCOUNT = LocalText(zh="您申请时填写的本人银行账户", en="the bank account of your own that you gave")
RESULTS = {"pass": "符合", "fail": "不符合", "info": "说明", "amount": "金额"}


def grant(case: Case, item: WorkItem, assessment: dict[str, Any]) -> Paper:
    """准予: facts found, amount with its lines and in capitals, months or instalments where there are any, remedies."""
    office = item.queue.office
    kind = GRANTING_LETTER[case.application.definition.benefit_kind]
    schedule = assessment["schedule"]
    months = (
        {
            "months": str(len(schedule)),
            "first_month": month_in_words(schedule[0]["month"]),
            "last_month": month_in_words(schedule[-1]["month"]),
        }
        if schedule
        else {}
    )
    parts, on = instalments.instalments_of(case.application), timezone.localdate(case.at)
    sections = [
        _findings(assessment),
        _schedule(schedule) if schedule else None,
        instalments.section_of(case.application, parts, on),
        remedy_of(case, office),
    ]
    drafted = draft(
        case,
        kind,
        kind,
        variables(case, office, paid_to=_paid_to(case, assessment), **basis_of(assessment), **months),
        sections=tuple(section for section in sections if section),
        machine=_machine(assessment, "grant") | instalments.for_programs(parts),
        english=(*instalments.in_english(case.application, parts, on), *remedy_in_english(case, office)),
    )
    return issue_draft(case, office, drafted)


def _paid_to(case: Case, assessment: dict[str, Any]) -> LocalText:
    """Where the money goes: to the account of the application, or to the bank that gave the loan.

    The bank is the one that is owed the sum, which need not be called as the borrower wrote.
    """
    if not pays_bank(assessment):
        return OWN_ACCOUNT
    owed = Due.objects.filter(application=case.application, bank__isnull=False).select_related("bank__organisation")
    due = owed.order_by("pk").last()
    lender = due.bank.organisation.name if due else answers_of.read(case.application).get("lender") or ""
    return LocalText(
        zh=f"您贷款的经办银行（{lender}），抵付您的贷款利息，不发放到您本人账户",
        en=f"the bank that gave the loan ({lender}), towards the interest you owe it, and not to an account of yours",
    )


def refusal(case: Case, item: WorkItem, said: Said, assessment: dict[str, Any] | None) -> Paper:
    """不予: facts, each reason with document and clause, the official's words, remedies."""
    office = item.queue.office
    drafted: Draft = draft(
        case,
        "refusal",
        Paper.Kind.REFUSAL,
        variables(case, office, reason=said.text.strip(), **basis_of(assessment)),
        sections=tuple(
            section
            for section in (
                _findings(assessment) if assessment else None,
                _reasons(case, said, assessment or {"lines": []}),
                remedy_of(case, office),
            )
            if section
        ),
        machine=_machine(assessment, "refusal") | {"reasons": list(said.reasons)},
        english=remedy_in_english(case, office),
    )
    return issue_draft(case, office, drafted)


def _findings(assessment: dict[str, Any]) -> Section:
    rows = tuple(
        (line["label_zh"], line["value_zh"] or line["value"], RESULTS[line["result"]], _cited(line))
        for line in assessment["lines"]
        if line["result"] in {"pass", "fail", "amount"}
    )
    return Section("审核认定的情况", (), Table("审核认定情况表", ("项目", "认定", "结果", "依据"), rows))


def _schedule(schedule: list[dict[str, str]]) -> Section:
    rows = tuple((month_on_paper(line["month"]), line["base"], line["supplement"], line["amount"]) for line in schedule)
    table = Table("按月发放计划（单位：元）", ("月份", "保障金", "分类施保", "合计"), rows, numeric=(1, 2, 3))
    return Section("发放计划", (), table)


def _reasons(case: Case, said: Said, assessment: dict[str, Any]) -> Section:
    known = {reason.code: reason for reason in case.application.definition.refusal_reasons}
    lines = {line["code"]: line for line in assessment["lines"]}
    paragraphs = []
    for code in said.reasons:
        reason = known[code]
        cited = next((_cited(lines[name]) for name in reason.lines if name in lines), "")
        paragraphs.append(reason.text.zh + (f"依据：{cited}。" if cited else ""))
    return Section("不予批准的理由和依据", (*paragraphs, said.text.strip()))


def _cited(line: dict[str, str]) -> str:
    return f"{line['document']}{line['clause']}" if line["document"] else ""


def _machine(assessment: dict[str, Any] | None, outcome: str) -> dict[str, Any]:
    if not assessment:
        return {"outcome": outcome}
    lines = [_line(line) for line in assessment["lines"]]
    told = {"outcome": outcome, "amount": assessment["amount"], "lines": lines, "schedule": assessment["schedule"]}
    return told | {"capitals": amount_capitals(Decimal(assessment["amount"]))}


def _line(line: dict[str, str]) -> dict[str, str]:
    """A line for programs: what was found, by which clause, and the sum where it is one; no answer of the applicant."""
    kept = ("code", "result", "document", "clause", *(("value",) if line["result"] == "amount" else ()))
    return {key: line[key] for key in kept}
