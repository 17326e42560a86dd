"""What can be erased of a case, what cannot, until when and by which rule (个人信息保护法 art. 47, 档案法 art. 14)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.states import State
from archives import closing
from archives.erasing import destroying, law_holds
from archives.models import Hold
from archives.retention import expiry_of, rule_for

# assumed: which ground of art. 47(2) each answer rests on.
WORDS: dict[str, Promise] = {
    "erased": _("已经删除。"),
    "draft": _("没有提交的草稿，可以马上删除。"),
    "running": _("正在办理。办理须用到这些信息；撤回申请并办结以后，按保管期限保存。"),
    "held": _("依法暂缓销毁，现在不能删除。"),
    "permanent": _("认定身份或者资格的档案永久保管，不能删除。"),
    "kept": _("法律规定的保管期限没有满（个人信息保护法第四十七条第二款、档案法），不能删除。"),
    "due": _("保管期限已满，等待机关两人鉴定和复核后销毁。"),
}


@dataclass(frozen=True)
class Verdict:
    """The answer about one case: a code of WORDS, and the first day it need not be kept where that is known."""

    code: str
    until: date | None = None

    @property
    def words(self) -> str:
        """The answer in the reader's language."""
        return str(WORDS[self.code])


def verdict_on(application: Application, at: datetime) -> Verdict:
    """What can be erased of it now."""
    if destroying.is_destroyed(application):
        return Verdict("erased")
    if application.state == State.DRAFT:
        return Verdict("draft")
    on = timezone.localdate(at)
    if _is_held(application, on):
        return Verdict("held")
    closed = closing.closed_cases(at).filter(pk=application.pk).first()
    return _by_time(application, closed.closing, on) if closed else Verdict("running")


def _is_held(application: Application, on: date) -> bool:
    volumes = Hold.objects.filter(volume__cases__application=application, lifted_at__isnull=True)
    return volumes.exists() or law_holds.held_cases(on).filter(pk=application.pk).exists()


def _by_time(application: Application, closed_at: datetime, on: date) -> Verdict:
    """By the file it lies in, else by the rule it will be filed under."""
    filed = application.filed_in.order_by("-pk").select_related("volume").first()
    if filed is not None:
        until, kept = filed.volume.expires_on, filed.volume.retention
    else:
        day = timezone.localdate(closed_at)
        kept = rule_for(application.scheme_version.definition.benefit_kind, application.state, day).retention
        until = expiry_of(kept, day.year)
    if until is None:
        return Verdict("permanent")
    return Verdict("due" if until <= on else "kept", until)
