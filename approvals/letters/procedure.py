"""Papers of the procedure: acceptance, non-acceptance, one-time correction notice."""

from datetime import datetime

from applications.door import Case
from applications.letters.wording import variables
from approvals.letters.building import draft, issue_draft, remedy_in_english, remedy_of
from approvals.letters.wording import clause_of
from papers.content import Section, Table
from papers.models import Paper
from papers.wording import day_in_words
from workflows import engine
from workflows.models import WorkItem

Point = tuple[str, str, str]


def acceptance(case: Case, item: WorkItem) -> Paper:
    """受理通知书."""
    office = item.queue.office
    expected = day_in_words(engine.expected_end(case.process, case.at))
    drafted = draft(case, "acceptance", Paper.Kind.ACCEPTANCE, variables(case, office, due_on=expected))
    return issue_draft(case, office, drafted)


def not_accepted(case: Case, item: WorkItem, reason: str) -> Paper:
    """不予受理决定书: reason and remedies."""
    office = item.queue.office
    remedy = remedy_of(case, office)
    drafted = draft(
        case,
        "not_accepted",
        Paper.Kind.NOT_ACCEPTED,
        variables(case, office, reason=reason, **clause_of(case)),
        sections=(remedy,) if remedy else (),
        english=remedy_in_english(case, office),
    )
    return issue_draft(case, office, drafted)


def correction(case: Case, item: WorkItem, points: tuple[Point, ...], due: datetime) -> Paper:
    """补正一次性告知书: everything that is missing, in one table."""
    office = item.queue.office
    rows = tuple((str(n), _label(case, target, name), message) for n, (target, name, message) in enumerate(points, 1))
    table = Table("需要补正的内容", ("序号", "项目", "需要怎样补正"), rows)
    drafted = draft(
        case,
        "correction",
        Paper.Kind.CORRECTION,
        variables(case, office, due_on=day_in_words(due)),
        sections=(Section("需要补正的全部内容", (), table),),
        machine={"points": [name for _target, name, _message in points], "due": due.date().isoformat()},
    )
    return issue_draft(case, office, drafted)


def _label(case: Case, target: str, name: str) -> str:
    definition = case.application.definition
    if target == "question":
        return definition.question(name).label.zh
    return next(paper.label.zh for paper in definition.papers_asked if paper.code == name)
