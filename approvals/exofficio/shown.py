"""An ex officio case as its pages show it; what cannot be opened is said, not hidden."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils import timezone

from applications.models import Application
from approvals.exofficio import hearing, opening
from approvals.exofficio.deciding import HEARING
from approvals.exofficio.replying import waits_for_reply
from approvals.history.entries import readable
from approvals.letters import exofficio as letters
from approvals.models import Proceeding
from benefits import stopping
from schemes import procedures
from workflows.models import WorkItem

Step = Literal["notice", "wait", "reply", "weigh", "decide", "over"]


@dataclass(frozen=True)
class Shown:
    """A proceeding in clear, and the step it waits for."""

    proceeding: Proceeding
    grounds: str
    facts: str
    statement: str
    hearing: str
    measure: str
    step: Step

    @property
    def paid(self) -> stopping.Money:
        """How far the money of the granted case got."""
        return stopping.money_of(self.proceeding.about)


def shown_of(application: Application) -> Shown | None:
    """The proceeding of an ex officio case; None for any other case."""
    found = Proceeding.objects.filter(application=application).select_related("about__scheme_version", "opened_by")
    proceeding = found.first()
    if proceeding is None:
        return None
    key = application.data_key
    return Shown(
        proceeding=proceeding,
        grounds=readable(key, proceeding.grounds, opening.GROUNDS),
        facts=readable(key, proceeding.facts, hearing.FACTS),
        statement=readable(key, proceeding.statement, hearing.STATEMENT),
        hearing=readable(key, proceeding.hearing_notes, HEARING),
        measure=_measure(application, proceeding),
        step=_step(application, proceeding),
    )


def _measure(application: Application, proceeding: Proceeding) -> str:
    """The measure in today's words; "" while none is intended."""
    if not proceeding.effective_on:
        return ""
    return str(letters.in_words(proceeding, application.division_id, timezone.localdate()))


def _step(application: Application, proceeding: Proceeding) -> Step:
    item = WorkItem.objects.filter(case_id=application.pk, closed_at__isnull=True).first()
    if item is None:
        return "over"
    if item.stage == procedures.DECIDE:
        return "decide"
    if proceeding.notice_at is None:
        return "notice"
    if item.paused_at is not None:
        return "wait"
    return "reply" if waits_for_reply(proceeding) else "weigh"


def may_state(proceeding: Proceeding, at: datetime) -> bool:
    """Whether a statement can be made now."""
    return not hearing.why_closed(proceeding, at)
