"""What the family does itself in its phase-out: report a change."""

from datetime import date, datetime

from applications import actions
from applications.models import Application
from applications.own import Act
from benefits.models import HouseholdChange, PhaseOut
from benefits.phase_out import changes
from benefits.phase_out.changes import Reported
from benefits.stopping import PHASE_OUT_LIVE
from people.models import User


def may_report(application: Application) -> bool:
    """Whether a phase-out runs in which nothing is being looked into."""
    running = PhaseOut.objects.filter(application=application, state__in=PHASE_OUT_LIVE)
    return running.exclude(changes__in=HouseholdChange.objects.filter(outcome__isnull=True)).exists()


def report(user: User, public_id: str, kind: str, happened_on: date, words: str, at: datetime) -> HouseholdChange:
    """The family tells of a change; nothing is suspended for it. Raises NotFound for others' cases and for those
    without a phase-out, Conflict where it is over or a change is being looked into, Invalid for what is missing.
    """
    with actions.own_case(user, public_id, at, Act.REPORT) as case:
        return changes.report(case, Reported(kind, HouseholdChange.Source.FAMILY, happened_on, words))
