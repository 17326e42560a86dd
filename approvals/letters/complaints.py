"""投诉答复书: what came of a complaint or review request about a case."""

from django.utils import timezone

from applications.door import Case
from applications.letters.wording import variables
from approvals.letters.building import from_book, issue_draft
from approvals.models import Complaint
from papers.models import Paper
from papers.wording import day_in_words
from schemes.letter_book import standard_letter
from schemes.texts import LocalText

ABOUT = {
    Complaint.Kind.SERVICE: LocalText(zh="对办理过程或者服务有意见", en="about how it was handled"),
    Complaint.Kind.DECISION: LocalText(zh="不同意办理结果", en="about the outcome"),
}
RESULTS = {
    Complaint.Result.UPHELD: LocalText(zh="成立", en="upheld"),
    Complaint.Result.DISMISSED: LocalText(zh="不成立", en="not upheld"),
}
REOPENS = "complaint_reopens"
NOTHING = LocalText(zh="", en="")


def complaint_reply(case: Case, complaint: Complaint, answer: str, *, reopens: bool) -> Paper:
    """Issue the answer to a complaint that was handled; `reopens`: the case is taken up again because of it."""
    told = {
        "made_on": day_in_words(complaint.made_at),
        "about": ABOUT[Complaint.Kind(complaint.kind)],
        "result": RESULTS[Complaint.Result(complaint.result)],
        "answer": answer.strip(),
        "consequence": _reopened(case) if reopens else NOTHING,
    }
    machine = {"outcome": complaint.result, "about": complaint.kind}
    values = variables(case, complaint.office) | told
    drafted = from_book(case, "complaint_reply", Paper.Kind.COMPLAINT_REPLY, values, machine=machine, layout="letter")
    return issue_draft(case, complaint.office, drafted)


def _reopened(case: Case) -> LocalText:
    return standard_letter(REOPENS, case.application.division_id, timezone.localdate(case.at)).body
