"""What the hotline says: the state in plain words, the next step and day, and who has the case, with a telephone."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications.models import Application
from applications.next_steps import what_happens
from applications.states import State
from applications.timeline import events_of
from applications.whereabouts import holders_of
from people.models import Office
from workflows.models import WorkItem


@dataclass(frozen=True)
class Told:
    """How a case stands. `day`: by when the next step is done, or has to be; None while no clock runs."""

    status: str
    happens: str
    step: str
    day: datetime | None
    offices: tuple[Office, ...]


def told_of(application: Application) -> Told:
    """In the reader's language; no name, no scheme and no answer of the case."""
    holders = holders_of(application, events_of(application))
    first = next(iter(holders), None)
    day, step = (first.due, first.stage) if first else (None, "")
    if application.state == State.RETURNED:
        day, step = application.correction_due, _("申请人补充或修改")
    return Told(application.applicant_label, _happens(application), step, day, _offices(application))


def _happens(application: Application) -> str:
    if application.is_open:
        return what_happens(application)
    return _("这件事已经有了结果。内容和不同意时的办法写在文书里，请看网上、收到的文书，或者到窗口查询。")


def _offices(application: Application) -> tuple[Office, ...]:
    """Who has it now, several when they act together; once it has ended, whoever had it last."""
    items = WorkItem.objects.filter(case_id=application.pk, waiting=False).select_related("queue__office")
    now = {item.queue.office_id: item.queue.office for item in items.filter(closed_at__isnull=True).order_by("pk")}
    if now:
        return tuple(now.values())
    last = items.order_by("-pk").first()
    return (last.queue.office,) if last else ()
