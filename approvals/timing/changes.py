"""Extending a limit, stopping a clock and starting it again. The applicant is told what, why and until when."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from applications.door import Case
from applications.models import Application, TimeNote
from applications.time_told import SEALED
from approvals.letters.timing import extension
from approvals.models import Move
from approvals.moves.record import note_move
from approvals.timing import limits
from people import vault
from people.models import User
from people.refusals import Conflict, Invalid
from workflows import calendar, engine
from workflows.models import WorkItem
from workflows.pausing import start_clock, stop_clock

# assumed: no text says how long a hearing or an inspection may take; it can be stopped again, with a reason again.
LONGEST_PAUSE_DAYS = 90

# Why officials stop a clock; an applicant who corrects, and money that is waited for, do so by themselves.
REASONS = [value for value in WorkItem.PauseReason.values if value not in ("", WorkItem.PauseReason.MONEY)]


def extend(user: User, item_id: int, days: int, text: str, at: datetime, *, version: int | None = None) -> Application:
    """延长期限: by as many days as the scheme allows, as often as it allows, before the limit has run out.

    Raises Conflict (no extension left, overdue, paused), Invalid (days, reason), Refused, NotFound.
    """
    with limits.changing(user, item_id, at, extend=True, version=version) as (case, item):
        known = limits.limits_of(item)
        _check_extendable(item, known, at)
        _check_extension(known, days, text)
        before = item.due_at
        item.due_at, item.extensions = calendar.deadline(before, days, known.kind), item.extensions + 1
        item.reminded_at = None
        item.save(update_fields=["due_at", "extensions", "reminded_at"])
        case.save()
        _tell(case, item, TimeNote.Kind.EXTENDED, text, days=days, due_at=item.due_at)
        extension(case, item, before, days, known.kind, text)
        note_move(case, Move.Kind.EXTEND, item=item, text=text)
    return case.application


def _check_extendable(item: WorkItem, known: limits.Limits, at: datetime) -> None:
    if item.paused_at is not None:
        raise Conflict(_("期限正停止计算，恢复计时以后才能延长。"), code="paused")
    if item.due_at < at:
        raise Conflict(_("期限已过，不能再延长。"), code="overdue")
    if known.left == 0:
        raise Conflict(_("这个环节的期限已经延长过，不能再延长。"), code="no_extension_left")


def _check_extension(known: limits.Limits, days: int, text: str) -> None:
    errors: dict[str, str] = {}
    if not 1 <= days <= known.most:
        errors["days"] = _("请填写1到%(most)s之间的天数。") % {"most": known.most}
    if not text.strip():
        errors["text"] = _("请写明延长的理由，申请人会看到。")
    if errors:
        raise Invalid(errors=errors)


def pause(
    user: User, item_id: int, reason: str, until: date, text: str, at: datetime, *, version: int | None = None
) -> Application:
    """暂停计时: for a hearing, an expert, an inspection or a translation, until a last day at the latest.

    行政许可法 第四十五条: the time these take is not counted, and the applicant is told in writing.
    Raises Conflict (paused already), Invalid (reason, day, words), Refused, NotFound.
    """
    with limits.changing(user, item_id, at, extend=False, version=version) as (case, item):
        limits.check_stopped_for_correction(item)
        if item.paused_at is not None:
            raise Conflict(_("期限已经停止计算。"), code="paused")
        _check_pause(reason, until, text, timezone.localdate(at))
        last = timezone.make_aware(datetime.combine(until, calendar.END_OF_DAY))
        stop_clock(item, at, reason, last)
        case.save()
        _tell(case, item, TimeNote.Kind.PAUSED, text, reason=reason, until=last)
        note_move(case, Move.Kind.PAUSE, item=item, text=text)
    return case.application


def _check_pause(reason: str, until: date | None, text: str, today: date) -> None:
    errors: dict[str, str] = {}
    if reason not in REASONS:
        errors["reason"] = _("请选择暂停的原因。")
    if until is None or not today < until <= today + timedelta(days=LONGEST_PAUSE_DAYS):
        errors["until"] = _("请填写明天以后、%(most)s天以内的日期。") % {"most": LONGEST_PAUSE_DAYS}
    if not text.strip():
        errors["text"] = _("请写明暂停的理由，申请人会看到。")
    if errors:
        raise Invalid(errors=errors)


def resume(user: User, item_id: int, text: str, at: datetime, *, version: int | None = None) -> Application:
    """恢复计时: the seat gets back the days it had left. Raises Conflict where the clock runs or the applicant
    corrects.
    """
    with limits.changing(user, item_id, at, extend=False, version=version) as (case, item):
        limits.check_stopped_for_correction(item)
        if item.paused_at is None:
            raise Conflict(_("期限正在计算，不需要恢复。"), code="running")
        go_on(case, item, text)
    return case.application


def go_on(case: Case, item: WorkItem, text: str = "") -> None:
    """Start the clock of a seat and tell the applicant."""
    start_clock(item, engine.definition_of(case.process), case.at)
    case.save()
    _tell(case, item, TimeNote.Kind.RESUMED, text, due_at=item.due_at)
    note_move(case, Move.Kind.RESUME, item=item, text=text)


def _tell(case: Case, item: WorkItem, kind: str, text: str, **what: Any) -> TimeNote:
    application, words = case.application, text.strip()
    sealed = vault.encrypt(application.data_key, words, SEALED) if words else b""
    return TimeNote.objects.create(
        application=application, kind=kind, stage=item.stage, words=sealed, at=case.at, **what
    )
