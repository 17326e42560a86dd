"""异议答复书: what came of an objection to a public notice, told to whoever raised it.

Neither side learns of the other here: the paper names nobody who objected, and the applicant as the notice did. The
applicant cannot read it (papers.reading.NOT_FOR_THE_APPLICANT).
"""

from applications.door import Case
from applications.letters.wording import variables
from approvals.letters.building import from_book, issue_draft
from approvals.models import Objection
from papers.models import Paper
from papers.wording import day_in_words
from people.models import Office

WHOEVER_OBJECTED = "异议人"


def objection_reply(case: Case, office: Office, objection: Objection, *, upheld: bool, reason: str) -> Paper:
    """Issue the answer to one objection, with the reason."""
    told = {
        "raised_on": day_in_words(objection.raised_at),
        "notice_name": objection.notice.masked_name,
        "reason": reason.strip(),
    }
    drafted = from_book(
        case,
        "objection_upheld" if upheld else "objection_dismissed",
        Paper.Kind.OBJECTION_REPLY,
        variables(case, office) | told,
        addressee=WHOEVER_OBJECTED,
        names_case=False,
        machine={"outcome": "upheld" if upheld else "dismissed"},
        layout="letter",
    )
    return issue_draft(case, office, drafted)
