"""What the applicant is told about time, in words: how long a limit was extended, why a clock stands still."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from applications.models import Application, TimeNote
from people import vault
from people.day_words import day_in_words
from people.joining import in_a_row
from schemes.words.route_words import days_words
from workflows.models import WorkItem

SEALED = "time"


def time_told(application: Application) -> dict[datetime, dict[str, str]]:
    """For each moment something was told, what the timeline says under it."""
    return {note.at: {"text": words_of(application, note)} for note in application.time_notes.all()}


def words_of(application: Application, note: TimeNote) -> str:
    """One note as a sentence or two; the official's own words last."""
    return in_a_row(part for part in (_what(application, note), _why(application, note)) if part)


def _what(application: Application, note: TimeNote) -> str:
    if note.kind == TimeNote.Kind.PAUSED:
        reason = WorkItem.PauseReason(note.reason).label
        until = day_in_words(timezone.localdate(note.until))
        return _("原因：%(reason)s，最晚到%(until)s") % {"reason": reason, "until": until}
    due = _("现在最迟%(day)s办完") % {"day": day_in_words(timezone.localdate(note.due_at))}
    if note.kind == TimeNote.Kind.RESUMED:
        return due
    stage = next((one for one in application.definition.stages if one.code == note.stage), None)
    days = days_words(note.days, stage.day_kind if stage else "working")
    return _("延长%(days)s") % {"days": days} + _("；") + due


def _why(application: Application, note: TimeNote) -> str:
    if not note.words:
        return ""
    try:
        return vault.decrypt(application.data_key, bytes(note.words), SEALED)
    except vault.VaultError:
        return _("（内容无法解密）")
