"""更正决定书: a slip in an issued paper, what it should read, and why; the paper itself stays as it is."""

from dataclasses import dataclass

from applications.door import Case
from applications.letters.wording import variables
from applications.naming import name_of
from approvals.letters.building import from_book, issue_draft
from papers.content import Section, Table
from papers.models import Paper
from papers.wording import day_in_words
from schemes.texts import LocalText


@dataclass(frozen=True)
class Slip:
    """What stands in the paper, what it should read, and how that came about."""

    wrong: str
    right: str
    reason: str


def corrigendum(case: Case, old: Paper, slip: Slip) -> Paper:
    """Issued by the office that issued the paper, to the person as they are rightly written.

    Only a slip that is the whole name changes whom the paper is addressed to: one character of it may stand elsewhere.
    """
    known = name_of(case.application)
    name = slip.right if slip.wrong == known else known
    values = variables(case, old.office) | {
        "name": name,
        "old_title": LocalText(zh=old.title, en=old.title_en or old.title),
        "old_number": old.number,
        "old_day": day_in_words(old.issued_at),
        "reason": slip.reason,
    }
    table = Table("更正对照表", ("原文", "更正为"), ((slip.wrong, slip.right),))
    drafted = from_book(
        case,
        "corrigendum",
        Paper.Kind.CORRIGENDUM,
        values,
        sections=(Section("更正内容", (), table),),
        layout="letter",
        machine={"outcome": "corrigendum"},
        corrects=old,
        applicant_name=name,
    )
    return issue_draft(case, old.office, drafted)
