"""Putting a milestone off, with a reason. Inside the door."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from applications.door import Case
from benefits.milestones.locking import locked
from benefits.models import Milestone, MilestoneExtension
from people import vault
from people.refusals import Conflict, Invalid

REASON = "milestone.extension"
# assumed: no text says how far a milestone can be put off; days from today.
FURTHEST = timedelta(days=730)


def put_off(case: Case, place: int, until: date, reason: str) -> MilestoneExtension:
    """A later day. Raises Conflict for a milestone that is met, Invalid for a day or a reason that cannot be."""
    milestone = locked(case, place)
    if milestone.state == Milestone.State.MET:
        raise Conflict(_("这一期已经确认，不用延期。"), code="met")
    _check(milestone, until, reason, timezone.localdate(case.at))
    row = MilestoneExtension.objects.create(
        milestone=milestone,
        before=milestone.due_on,
        until=until,
        reason=vault.encrypt(case.application.data_key, reason.strip(), REASON),
        extended_by=case.user,
        extended_at=case.at,
    )
    milestone.due_on = until
    milestone.save()
    case.save()
    case.record("milestone.put_off", place=place, until=until.isoformat())
    return row


def _check(milestone: Milestone, until: date, reason: str, today: date) -> None:
    errors = {}
    if until <= max(milestone.due_on, today):
        errors["until"] = _("新的日期要晚于今天，也要晚于原来的日期。")
    elif until > today + FURTHEST:
        errors["until"] = _("最多延到%(days)s天以后。") % {"days": FURTHEST.days}
    if not reason.strip():
        errors["reason"] = _("请写明延期的理由。")
    if errors:
        raise Invalid(errors=errors)
