"""What a case page tells of each paper: whether it arrived, until when it can be contested, what became of it."""

from dataclasses import dataclass
from datetime import date, datetime

from applications import remedy_clock
from applications.remedy_clock import RemedyUntil
from papers import serving
from papers.models import Paper, PaperService

FOLLOWED = (Paper.Status.CORRECTED, Paper.Status.SUPERSEDED, Paper.Status.REVOKED)


@dataclass(frozen=True)
class PaperStanding:
    """One paper as it stands on a day. `opened_at`: when the applicant first opened it; None where they did not."""

    paper: Paper
    service: PaperService | None
    until: RemedyUntil
    opened_at: datetime | None
    follow_ups: tuple[Paper, ...]
    today: date

    @property
    def waits(self) -> bool:
        """Whether it still has to be served."""
        return serving.waits_for_service(self.paper)

    @property
    def is_void(self) -> bool:
        """Whether it was declared void."""
        return self.paper.status == Paper.Status.VOID

    @property
    def in_force(self) -> bool:
        """Whether it is what counts, with or without corrected slips."""
        return self.paper.status in serving.IN_FORCE

    @property
    def remedy_over(self) -> bool:
        """Whether every remedy it names has run out."""
        return self.until.over(self.today)


def standing_of(paper: Paper, today: date, opened_at: datetime | None = None) -> PaperStanding:
    """The standing of one paper. One that was not served and that nothing followed asks the database nothing."""
    service = serving.service_of(paper) if paper.served_on else None
    return PaperStanding(paper, service, remedy_clock.remedy_until(paper), opened_at, follow_ups(paper), today)


def follow_ups(paper: Paper) -> tuple[Paper, ...]:
    """The papers that correct, supersede or revoke it, oldest first."""
    if paper.status not in FOLLOWED:
        return ()
    later = (Paper.objects.filter(corrects=paper) | Paper.objects.filter(supersedes=paper)).order_by("pk")
    return tuple(later)
