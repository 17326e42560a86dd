"""Papers of a request that another office decides: handed on to whom, and what that office answered."""

from applications.door import Case
from applications.letters.wording import variables
from approvals.letters.building import draft, issue_draft
from approvals.models import Answer
from approvals.said import Said
from papers.content import Section
from papers.models import Paper
from papers.wording import day_in_words, on_paper
from schemes.policies import resolve_for
from schemes.texts import LocalText
from workflows import engine
from workflows.models import WorkItem

IN_ENGLISH = {
    Answer.Result.FAVOURABLE: "agreed",
    Answer.Result.UNFAVOURABLE: "declined",
    Answer.Result.OTHER: "handed on again, or dealt with otherwise",
}
IN_CHINESE = {
    Answer.Result.FAVOURABLE: "同意办理",
    Answer.Result.UNFAVOURABLE: "不予办理",
    Answer.Result.OTHER: "转其他单位或另行处理",
}


def referral(case: Case, item: WorkItem) -> Paper:
    """转办告知书: accepted and handed on, to which office and when; whom the clause makes responsible."""
    office = item.queue.office
    expected = day_in_words(engine.expected_end(case.process, case.at))
    named = _responsible(case)
    drafted = draft(
        case,
        "referral",
        Paper.Kind.REFERRAL,
        variables(case, office, due_on=expected, refer_to=_refer_to(case)),
        sections=(Section("政策依据和责任单位", named),) if named else (),
        machine={"outcome": "referred"},
    )
    return issue_draft(case, office, drafted)


def answer(case: Case, item: WorkItem, said: Said, result: str) -> Paper:
    """办理结果告知书: who answered, when and what, in their words. No remedy against us: the decision is theirs."""
    words = tuple(part.strip() for part in said.text.splitlines() if part.strip())
    drafted = draft(
        case,
        "answer",
        Paper.Kind.ANSWER,
        variables(case, item.queue.office, refer_to=_refer_to(case), answer=_in_one_sentence(said, result)),
        sections=(Section("答复内容", words),),
        machine={"outcome": "answered", "result": result, "answered_on": said.answered.on.isoformat()},
    )
    return issue_draft(case, item.queue.office, drafted)


def _refer_to(case: Case) -> LocalText | str:
    return case.application.definition.refer_to or ""


def _in_one_sentence(said: Said, result: str) -> LocalText:
    """Who, when, under which number, with which result."""
    told = said.answered
    number = f"（{told.number}）" if told.number else ""
    number_en = f" ({told.number})" if told.number else ""
    return LocalText(
        zh=f"{told.by}于{on_paper(told.on)}答复{number}：{IN_CHINESE[result]}。",
        en=f"{told.by} answered on {day_in_words(told.on).en}{number_en}: {IN_ENGLISH[result]}.",
    )


def _responsible(case: Case) -> tuple[str, ...]:
    """The clauses that speak of it where the case is, each with the units it names."""
    application = case.application
    clauses = resolve_for(application.definition, application.division_id, application.policy_date).clauses
    return tuple(_cited(clause.document, clause.clause, clause.responsible) for clause in clauses)


def _cited(document: str, clause: str, responsible: str) -> str:
    named = f"责任单位：{responsible.rstrip('。')}。" if responsible else ""
    return f"依据：{document}{clause}。{named}"
