"""What to say of a seat whose clock stands still."""

from django.utils.translation import gettext as _

from workflows.models import WorkItem


def paused_words(item: WorkItem) -> str:
    """Why nobody can act on it now, and what has to happen first."""
    if not item.pause_reason:
        return _("此件正在等待申请人补正，补正后才能继续办理。")
    reason = item.get_pause_reason_display()
    return _("此件因%(reason)s暂停计时，恢复计时后才能继续办理。") % {"reason": reason}


def pause_reason(item: WorkItem) -> str:
    """For what an official stopped the clock, "" while it runs or waits for the applicant."""
    return str(item.get_pause_reason_display()) if item.pause_reason else ""
