"""Receiving papers 签收: the applicant opens a paper (a read event, the read receipt 阅读回执) and confirms it.

Opening is evidence; the explicit confirmation, which also agrees to electronic service, is the service.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from applications import door, own
from applications.models import Application
from audit import chain
from audit.models import Event
from papers import reading, serving
from papers.models import Paper, PaperService
from people.models import User
from people.refusals import Conflict, NotFound

OPENED = "paper.opened"
SERVED = "paper.served"


def opened(user: User, public_id: str, paper: Paper) -> None:
    """Record that the applicant opened a paper, before they see it."""
    chain.record_read(user.username, OPENED, subject=public_id, data={"paper": paper.number})


def first_opened(public_id: str, papers: Iterable[Paper]) -> dict[int, datetime]:
    """When the applicant first opened each of these papers of a case; nothing for those never opened."""
    numbers = {paper.number: paper.pk for paper in papers}
    events = Event.objects.filter(subject=public_id, action=OPENED).order_by("-pk").values_list("data", "at")
    return {numbers[data["paper"]]: at for data, at in events if data.get("paper") in numbers}


def confirm(user: User, public_id: str, pk: int, at: datetime) -> PaperService:
    """确认签收: whoever filed the case agrees to electronic service of a paper and confirms it has arrived.

    Raises NotFound for a paper that is not theirs, Conflict for one that was served, needs no service or is void.
    """
    with door.open_case(public_id, user=user, at=at) as case:
        paper = reading.papers_for_applicant(public_id).filter(pk=pk).first()
        if paper is None or not own.cases_of(user, at).filter(pk=case.application.pk).exists():
            raise NotFound()
        own.require(case, own.Act.RECEIVE)
        if paper.served_on is None and not serving.waits_for_service(paper):
            raise Conflict(code="no_service")
        details = serving.Details(receiver=user.full_name)
        fact = serving.Fact(serving.Way.ELECTRONIC, timezone.localdate(at), details)
        written = serving.write(paper, fact, user, at)
        record_served(case, paper, written)
    return written


def record_served(case: door.Case, paper: Paper, written: PaperService) -> None:
    """The event of a service, on the story of the case."""
    case.record(
        SERVED,
        paper=paper.number,
        way=written.way,
        served_on=written.served_on.isoformat(),
        anew=written.replaces_id is not None,
    )


def by_representative(application: Application) -> bool:
    """Whether the account that receives papers is somebody else's than the person they are about."""
    return application.for_other or application.by_organisation
