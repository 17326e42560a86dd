"""Reminding the offices whose papers have not been served for some working days."""

from datetime import datetime, timedelta

from django.db import transaction

from applications.models import Application
from approvals.issued.unserved import REMIND_WORKING_DAYS
from approvals.models import Move
from papers import serving
from papers.models import Paper
from workflows import calendar

MOST_AT_ONCE = 1000
# assumed: whose paper waited longer than this is in the list, but reminded of no more: the case may lie in the archive,
# and papers from before service was recorded would all be reminded of at once.
REMINDED_WITHIN = timedelta(days=90)


def remind_unserved(at: datetime) -> int:
    """催送达: once for each paper that has waited five working days; the number reminded. Safe to repeat.

    A reminder changes nothing in the case: it is a stamp on the paper and a move by the clock, and no act in the door.
    """
    late = serving.unserved().filter(
        service_reminded_at__isnull=True,
        issued_at__lte=at - timedelta(days=REMIND_WORKING_DAYS),
        issued_at__gt=at - REMINDED_WITHIN,
    )
    with transaction.atomic():
        locked = late.select_for_update(of=("self",), no_key=True, skip_locked=True)
        papers = [paper for paper in locked.order_by("issued_at", "pk")[:MOST_AT_ONCE] if _waited(paper, at)]
        Paper.objects.filter(pk__in=[paper.pk for paper in papers]).update(service_reminded_at=at)
        Move.objects.bulk_create(_moves(papers, at))
    return len(papers)


def _waited(paper: Paper, at: datetime) -> bool:
    return calendar.about(paper.issued_at, REMIND_WORKING_DAYS) < at


def _moves(papers: list[Paper], at: datetime) -> list[Move]:
    cases = Application.objects.filter(public_id__in={paper.case_ref for paper in papers})
    known = {case.public_id: case for case in cases.only("pk", "public_id", "round")}
    return [
        Move(
            application=known[paper.case_ref],
            kind=Move.Kind.REMIND,
            round=known[paper.case_ref].round,
            to_office_id=paper.office_id,
            at=at,
        )
        for paper in papers
        if paper.case_ref in known
    ]
