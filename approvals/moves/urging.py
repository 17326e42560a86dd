"""催办: asking that a case be taken up, by those who handed it on, by a supervisor, or by the applicant."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions
from applications.door import Case
from applications.models import Application
from applications.own import Act
from approvals.models import Move
from approvals.moves.opening import moving
from approvals.moves.record import note_move
from people.day_words import day_in_words
from people.models import User
from people.refusals import Conflict, Refused
from workflows import calendar
from workflows.models import WorkItem

# assumed: no text says how often one may ask; often enough to be heard, rarely enough to be taken seriously.
WORKING_DAYS_BETWEEN = 3


def urge(user: User, item_id: int, text: str, at: datetime) -> Application:
    """An official urges whoever has an item. Raises Conflict when it was urged a short while ago."""
    with moving(Move.Kind.URGE, user, item_id, at, text) as (case, item):
        if item.owner_id == user.pk:
            raise Refused(_("此件在您自己手中，不需要催办。"), code="own")
        refused = why_not(item, at)
        if refused:
            raise Conflict(refused, code="too_soon")
        _urge(case, item, text)
    return case.application


def why_not(item: WorkItem, at: datetime) -> str:
    """Why an official cannot urge an item now, "" where they can."""
    if item.paused_at is not None or item.waiting:
        return _("此件现在在等别人，不需要催办。")
    return _wait(item.urged_at, at) if item.urged_at else ""


def urge_own(user: User, public_id: str, text: str, at: datetime) -> Application:
    """The applicant urges whoever has their case. For everybody else the case does not exist."""
    with actions.own_case(user, public_id, at, Act.URGE) as case:
        refused = too_soon(case.application, at)
        if refused:
            raise Conflict(refused, code="too_soon")
        for item in running(case.application):
            _urge(case, item, text)
    return case.application


def too_soon(application: Application, at: datetime) -> str:
    """Why an applicant cannot urge now, "" where they can: an item is late, or has waited for three working days."""
    items = list(running(application))
    if not items:
        return _("现在没有等工作人员办理的事情，不需要催办。")
    since = max(item.urged_at or item.opened_at for item in items)
    late = any(item.due_at < at for item in items) and not any(item.urged_at for item in items)
    return "" if late else _wait(since, at)


def running(application: Application):
    """The items of a case whose clock runs and that wait for no other seat."""
    return WorkItem.objects.filter(
        case_id=application.pk, closed_at__isnull=True, paused_at__isnull=True, waiting=False
    )


def _urge(case: Case, item: WorkItem, text: str) -> None:
    item.urged_at = case.at
    item.save(update_fields=["urged_at"])
    note_move(case, Move.Kind.URGE, item=item, to_user=item.owner, text=text)


def _wait(since: datetime, at: datetime) -> str:
    again = calendar.add_working_days(timezone.localdate(since), WORKING_DAYS_BETWEEN)
    if timezone.localdate(at) >= again:
        return ""
    day = day_in_words(again)
    return _("距上一次不满%(days)s个工作日，%(day)s起可以再催办。") % {"days": WORKING_DAYS_BETWEEN, "day": day}
