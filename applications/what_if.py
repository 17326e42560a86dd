"""What-if runs: which drafts and which cases, how a run is closed, and its events in the chain of `policy`.

Started and cancelled in `what_if_acts`; the work itself is in `what_if_work`, the result in `what_if_result`.
"""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from applications.models import Application
from applications.models.what_if import WhatIfRun
from applications.policy_scope import in_divisions
from applications.states import State
from audit import chain
from schemes.files.loading import STREAM
from schemes.models import Proposal

# Never came to an assessment that counts: not filed, or ended by the applicant, the clock or at the counter.
LEFT_OUT = frozenset({State.DRAFT, State.WITHDRAWN, State.LAPSED, State.NOT_ACCEPTED})
# How long a worker may stay silent before another takes over.
LEASE = timedelta(minutes=5)
OPEN_STATES = frozenset({Proposal.State.DRAFT, Proposal.State.SUBMITTED})


def is_open(proposal: Proposal) -> bool:
    """Whether a proposal is still to be published."""
    return proposal.state in OPEN_STATES


def cases_of(scheme: str, codes: list[str], begins: date, ends: date) -> QuerySet[Application]:
    """The cases a run goes through: filed in the period, Beijing days, in the divisions."""
    filed = Application.objects.filter(scheme_code=scheme, submitted_at__isnull=False, origin="on_application")
    filed = filed.exclude(state__in=LEFT_OUT)
    first = timezone.make_aware(datetime.combine(begins, datetime.min.time()))
    end = timezone.make_aware(datetime.combine(ends + timedelta(days=1), datetime.min.time()))
    return filed.filter(in_divisions(codes), submitted_at__gte=first, submitted_at__lt=end)


def end(run: WhatIfRun, state: str, at: datetime) -> None:
    """Close a locked run."""
    run.state, run.ended_at, run.claim = state, at, ""
    run.save(update_fields=["state", "ended_at", "claim", "failure"])


def record(run: WhatIfRun, step: str, actor: str, at: datetime, **more: object) -> None:
    """Write the step into the chain of `policy`: counts and sums only."""
    data = {
        "run": run.pk,
        "proposal": run.proposal_id,
        "divisions": run.divisions,
        "begins": run.begins.isoformat(),
        "ends": run.ends.isoformat(),
        **more,
    }
    chain.append(STREAM, f"what_if.{step}", actor=actor, subject=run.scheme_code, data=data, at=at)
