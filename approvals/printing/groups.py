"""How far the papers have come that belong together: of one bulk run, of the cases of one dossier."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from approvals.bulk.runs import visible_runs
from approvals.dossiers.access import dossiers_seen
from approvals.models import BulkRun, Dossier
from approvals.models.bulk import BulkLine
from approvals.models.dossiers import DossierCase
from papers.models import Paper
from people.models import User

SHOWN = 10


@dataclass(frozen=True)
class Progress:
    """Papers of a group: how many there are, were made, and were given up."""

    total: int
    ready: int
    failed: int

    @property
    def percent(self) -> int:
        """How much of it is made."""
        return self.ready * 100 // self.total if self.total else 0

    @property
    def left(self) -> int:
        """How many are still to be made."""
        return self.total - self.ready - self.failed


def of_runs(user: User, at: datetime) -> list[tuple[BulkRun, Progress]]:
    """The user's latest bulk runs that made papers."""
    runs = visible_runs(user, at).select_related("office").order_by("-pk")[:SHOWN]
    return [(run, found) for run in runs if (found := of_run(run)).total]


def of_run(run: BulkRun) -> Progress:
    """The papers issued for the cases of a run while it lasted."""
    done = BulkLine.objects.filter(run=run.pk, result=BulkLine.Result.DONE).values("public_id")
    papers = Paper.objects.filter(case_ref__in=done, issued_at__gte=run.started_at)
    return _progress(papers.filter(issued_at__lte=run.ended_at) if run.ended_at else papers)


def of_dossiers(user: User, at: datetime) -> list[tuple[Dossier, Progress]]:
    """The latest dossiers of the user's offices, with the papers of their cases and their own."""
    dossiers = dossiers_seen(user, at).order_by("-pk")[:SHOWN]
    return [(dossier, found) for dossier in dossiers if (found := of_dossier(dossier)).total]


def of_dossier(dossier: Dossier) -> Progress:
    """The papers of the cases in a dossier, and the one it was sealed with."""
    rows = DossierCase.objects.filter(dossier=dossier.pk, removed_at__isnull=True)
    cases = rows.values("application__public_id")
    return _progress(Paper.objects.filter(Q(case_ref__in=cases) | Q(pk=dossier.paper_id)))


def _progress(papers: QuerySet[Paper]) -> Progress:
    ready, failed = Q(state=Paper.State.READY), Q(state=Paper.State.FAILED)
    found = papers.aggregate(total=Count("pk"), ready=Count("pk", filter=ready), failed=Count("pk", filter=failed))
    return Progress(**found)
