"""陈述申辩答复书: the answer to a request for a hearing, told before anything is decided.

What is answered to the statement itself stands in the decision, under its own heading.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from applications.door import Case
from applications.letters.wording import variables
from approvals.letters.building import from_book, issue_draft
from approvals.models import Proceeding
from papers.models import Paper
from papers.wording import day_in_words
from people.models import Office
from schemes.texts import LocalText


@dataclass(frozen=True)
class HearingReply:
    """Whether a hearing is held, why (or what to know about it), and when and where it is."""

    granted: bool
    reason: str
    at: datetime | None = None
    place: str = ""


def statement_reply(case: Case, office: Office, proceeding: Proceeding, reply: HearingReply) -> Paper:
    """Issue the answer to a request for a hearing."""
    told: dict[str, str | LocalText] = {
        "stated_on": day_in_words(proceeding.statement_at),
        "reason": reply.reason.strip(),
        "hearing_at": _moment(reply.at) if reply.at else "",
        "hearing_place": reply.place.strip(),
    }
    code = "hearing_granted" if reply.granted else "hearing_refused"
    machine = {"outcome": code, "hearing_at": reply.at.isoformat() if reply.at else ""}
    values = variables(case, office) | told
    drafted = from_book(case, code, Paper.Kind.STATEMENT_REPLY, values, machine=machine, layout="letter")
    return issue_draft(case, office, drafted)


def _moment(at: datetime) -> LocalText:
    """Day and time: 2026年12月1日9时30分."""
    local, day = timezone.localtime(at), day_in_words(at)
    zh = f"{day.zh}{local.hour}时" + (f"{local.minute}分" if local.minute else "")
    return LocalText(zh=zh, en=f"{day.en}, {local:%H:%M}")
