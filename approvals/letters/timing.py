"""延期告知书: a limit was extended; the applicant is told what, why and until when, before it would have run out."""

from datetime import datetime

from applications.door import Case
from applications.letters.wording import variables
from approvals.letters.building import from_book, issue_draft
from papers.models import Paper
from papers.wording import day_in_words
from schemes.texts import LocalText
from workflows.models import WorkItem

UNITS = {
    "working": LocalText(zh="{days}个工作日", en="{days} working days"),
    "natural": LocalText(zh="{days}日（自然日）", en="{days} days"),
}


def extension(case: Case, item: WorkItem, old_due: datetime, days: int, kind: str, reason: str) -> Paper:
    """Issue it for a seat whose limit was `old_due` and has been moved on by `days` of this kind."""
    office, unit = item.queue.office, UNITS[kind]
    told = {
        "old_due": day_in_words(old_due),
        "new_due": day_in_words(item.due_at),
        "days": LocalText(zh=unit.zh.format(days=days), en=unit.en.format(days=days)),
        "reason": reason.strip(),
    }
    machine = {"outcome": "extended", "stage": item.stage, "days": days, "day_kind": kind}
    values = variables(case, office) | told
    drafted = from_book(case, "extension", Paper.Kind.EXTENSION, values, machine=machine, layout="letter")
    return issue_draft(case, office, drafted)
