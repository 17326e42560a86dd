"""What can be erased of a case, what cannot, until when and by which rule (个人信息保护法 art. 47, 档案法 art. 14)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.states import State
from archives import closing
from archives.erasing import destroying, held_drafts, law_holds
from archives.models import FiledCase, Volume
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


@dataclass(frozen=True)
class _Known:
    """What was asked about many cases at once: which are held, when which were over, the file each lies in."""

    held: set[int]
    closings: dict[int, datetime]
    volumes: dict[int, Volume]


def verdict_on(application: Application, at: datetime) -> Verdict:
    """What can be erased of a case now."""
    return verdicts_on([application], at)[0]


def verdicts_on(applications: list[Application], at: datetime) -> list[Verdict]:
    """The same of many, in their order and in a few statements."""
    on = timezone.localdate(at)
    known = _known(applications, at, on)
    return [_verdict(application, known, on) for application in applications]


def _known(applications: list[Application], at: datetime, on: date) -> _Known:
    cases = [application.pk for application in applications]
    lying = FiledCase.objects.filter(application__in=cases)
    held = lying.filter(volume__holds__isnull=False, volume__holds__lifted_at__isnull=True)
    by_law = set(law_holds.held_cases(on).filter(pk__in=cases).values_list("pk", flat=True))
    drafts = [one for one in applications if one.state == State.DRAFT and one.pk not in by_law]
    return _Known(
        {*held.values_list("application", flat=True), *by_law, *held_drafts.naming_held(drafts, on)},
        dict(closing.closed_cases(at).filter(pk__in=cases).values_list("pk", "closing")),
        {row.application_id: row.volume for row in lying.select_related("volume").order_by("pk")},
    )


def _verdict(application: Application, known: _Known, on: date) -> Verdict:
    if destroying.is_destroyed(application):
        return Verdict("erased")
    if application.pk in known.held:
        return Verdict("held")
    if application.state == State.DRAFT:
        return Verdict("draft")
    if application.pk not in known.closings:
        return Verdict("running")
    return _by_time(application, known, on)


def _by_time(application: Application, known: _Known, on: date) -> Verdict:
    """By the file it lies in, else by the rule it will be filed under."""
    volume = known.volumes.get(application.pk)
    if volume is not None:
        until, kept = volume.expires_on, volume.retention
    else:
        day = timezone.localdate(known.closings[application.pk])
        kept = rule_for(application.scheme_version.definition.benefit_kind, application.state, day).retention
        until = expiry_of(kept, day.year)
    if until is None:
        return Verdict("permanent")
    return Verdict("due" if until <= on else "kept", until)
