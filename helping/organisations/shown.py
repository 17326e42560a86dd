"""What pages tell of letters of authority: who acts for an organisation, since when, and with which paper."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from helping.models import OrganisationLetter
from helping.organisations import ending, standing
from people.models import Organisation


@dataclass(frozen=True)
class Told:
    """One letter. `state`: "waiting", "withdrawn", "refused", "running", "over", "not_begun" or
    "ended"; `words` says it. `soon`: it runs, and its last day is near.
    """

    letter: OrganisationLetter
    holder: str
    state: str
    words: str
    soon: bool = False

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        known = {"running": "green", "waiting": "blue", "refused": "red"}
        return "yellow" if self.soon else known.get(self.state, "grey")


def told_of(letter: OrganisationLetter, at: datetime) -> Told:
    """One letter in words."""
    state = _state(letter, at)
    soon = state == "running" and ending.is_soon(letter, at)
    words = _("有效，快要到期") if soon else _words(letter, state)
    return Told(letter, letter.holder.full_name or letter.holder.username, state, words, soon)


def of_organisation(organisation: Organisation, at: datetime) -> list[Told]:
    """Every letter of an organisation, the latest first."""
    letters = standing.related(OrganisationLetter.objects.filter(organisation=organisation))
    return [told_of(one, at) for one in letters.order_by("-pk")]


def _state(letter: OrganisationLetter, at: datetime) -> str:
    ruling, day = getattr(letter, "ruling", None), timezone.localdate(at)
    ended = getattr(letter, "end", None) is not None
    if ruling is None:
        return "withdrawn" if ended else "waiting"
    if not ruling.confirmed or ended:
        return "ended" if ruling.confirmed else "refused"
    return "not_begun" if letter.starts > day else "over" if letter.ends < day else "running"


def _words(letter: OrganisationLetter, state: str) -> str:
    if state == "refused":
        return _("没有确认：%(reason)s") % {"reason": letter.ruling.get_reason_display()}
    if state == "withdrawn":
        return _("%(day)s由上传的人撤回") % {"day": f"{timezone.localtime(letter.end.at):%Y-%m-%d}"}
    if state == "ended":
        told = {"day": f"{timezone.localtime(letter.end.at):%Y-%m-%d}", "how": letter.end.get_how_display()}
        return _("%(day)s停止（%(how)s）") % told
    words = {"waiting": _("等办理机关核对"), "running": _("有效"), "over": _("已过有效期")}
    return words.get(state, _("还没有到开始的日子"))
