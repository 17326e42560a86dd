"""What pages show of mandates: who helps, with what consent, what they did, and whether it still holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application
from audit.models import Event
from helping.models import Mandate, MandateEnd
from helping.standing import about
from helping.standing.scopes import LABELS, scopes_of
from people.models import Person, User

MOST_DONE = 20
# What is told of a helper's acts; what the applicant does in the same words is theirs.
WORDS: dict[str, Promise] = {
    "draft.begun": gettext_lazy("开始填写申请"),
    "application.submitted": gettext_lazy("提交申请"),
    "application.resubmitted": gettext_lazy("补正后重新提交"),
    "application.withdrawn": gettext_lazy("撤回申请"),
    "attachment.added": gettext_lazy("上传材料"),
    "attachment.removed": gettext_lazy("删除材料"),
    "attachment.followed": gettext_lazy("补交材料"),
    "paper.served": gettext_lazy("签收文书"),
    "form.printed": gettext_lazy("打印纸质申请表"),
    "form.filed": gettext_lazy("上传签名的申请表"),
    "oral.read_back": gettext_lazy("把口头申请的内容读给本人听"),
}


@dataclass(frozen=True)
class Done:
    """One thing a helper did, in one case."""

    at: datetime
    what: Promise
    title: str


@dataclass(frozen=True)
class Help:
    """One mandate as a page tells it. `state` is "running", "over" (its last day has passed) or "ended"."""

    mandate: Mandate
    helper: str
    scopes: tuple[str, ...]
    state: str
    ended: str
    done: tuple[Done, ...] = ()


def of_person(person: Person, at: datetime) -> list[Help]:
    """Everybody who helps or helped a person, the latest first, with what they did."""
    found = list(_related(Mandate.objects.filter(person=person)).order_by("-pk"))
    cases = list(cases_for(person).select_related("filed_by", "scheme_version"))
    return [help_of(one, at, _done(one, cases)) for one in found]


def of_helper(user: User) -> QuerySet[Mandate]:
    """Everybody a user helps or helped, the latest first."""
    return _related(Mandate.objects.filter(helper=user)).order_by("-pk")


def cases_for(person: Person) -> QuerySet[Application]:
    """The cases somebody else began or filed for a person, also those the person goes on with now."""
    return about.ever_for(person).order_by("-pk")


def help_of(mandate: Mandate, at: datetime, done: Iterable[Done] = ()) -> Help:
    """One mandate in words."""
    end = MandateEnd.objects.filter(mandate=mandate).first()
    over = mandate.ends is not None and mandate.ends < timezone.localdate(at)
    state = "ended" if end else "over" if over else "running"
    labels = tuple(str(LABELS[scope]) for scope in scopes_of(mandate))
    return Help(mandate, helper_of(mandate), labels, state, _ended(end), tuple(done))


def helper_of(mandate: Mandate) -> str:
    """Who helps, by name: the account, the office, or both."""
    names = [mandate.helper.full_name or mandate.helper.username] if mandate.helper else []
    return _("，").join([*names, *([mandate.office.label] if mandate.office else [])])


def _ended(end: MandateEnd | None) -> str:
    if end is None:
        return ""
    told = {"day": f"{timezone.localtime(end.at):%Y-%m-%d}", "by": end.get_by_display()}
    return _("%(day)s停止（%(by)s）") % told


def _related(mandates: QuerySet[Mandate]) -> QuerySet[Mandate]:
    return mandates.select_related("helper", "office__division", "person")


def _done(mandate: Mandate, cases: list[Application]) -> list[Done]:
    """What the helper did in these cases while the mandate ran, the latest first."""
    if mandate.helper is None:
        return []
    streams = {case.stream: str(case.definition.title) for case in cases}
    events = Event.objects.filter(stream__in=streams, actor=mandate.helper.username, action__in=WORDS)
    events = events.filter(at__gte=mandate.recorded_at).order_by("-pk")[:MOST_DONE]
    return [Done(timezone.localtime(one.at), WORDS[one.action], streams[one.stream]) for one in events]
