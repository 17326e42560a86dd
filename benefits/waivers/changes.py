"""What the holder tells, or somebody finds out, and what came of it: answered by somebody else. Inside the door."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions
from applications.door import Case
from applications.models import Application
from applications.own import Act
from benefits.models import Waiver, WaiverChange, WaiverChangeAnswer
from benefits.waivers import ending
from benefits.waivers.terms import write_outlet
from people import vault
from people.models import User
from people.refusals import Conflict, Invalid, NotFound, Refused

WORDS, ANSWERED = "waiver.change", "waiver.answer"
Kind, Source, Result = WaiverChange.Kind, WaiverChange.Source, WaiverChangeAnswer.Result
ENDS = frozenset({Kind.CONTRACT_OVER, Kind.WISH})
# What can come of each change; that it does not matter can come of all.
COMES_OF: dict[str, str] = {
    Kind.MOVED: Result.MOVED,
    **dict.fromkeys(ENDS, Result.ENDED),
    **dict.fromkeys(set(Kind) - ENDS - {Kind.MOVED}, Result.REVIVAL),
}


@dataclass(frozen=True)
class Reported:
    """A change: what, from whom it is known, since when, and in words."""

    kind: str
    found_by: str
    happened_on: date
    words: str


@dataclass(frozen=True)
class Answered:
    """What comes of it, in words; for another place its number ("" where there is none) and address."""

    result: str
    words: str
    number: str = ""
    address: str = ""


def results_for(change: WaiverChange) -> list[str]:
    """What can come of a change."""
    return [COMES_OF[change.kind], str(Result.NOTHING)]


def open_change(waiver: Waiver) -> WaiverChange | None:
    """The change nobody has answered."""
    return waiver.changes.filter(answer__isnull=True).first()


def may_report(application: Application) -> bool:
    """Whether a waiver is in force in which no change is being looked into."""
    waiver = Waiver.objects.filter(application=application, state=Waiver.State.IN_FORCE).first()
    return waiver is not None and open_change(waiver) is None


def report_own(user: User, public_id: str, kind: str, happened_on: date, words: str, at: datetime) -> WaiverChange:
    """The holder, or who filed for them, tells of a change. Raises NotFound for others' cases and what `report` does.

    Telling ends nothing: officials look into it first.
    """
    with actions.own_case(user, public_id, at, Act.REPORT) as case:
        source = Source.FAMILY if case.application.for_other else Source.HOLDER
        return report(case, Reported(kind, source, happened_on, words))


def report(case: Case, reported: Reported) -> WaiverChange:
    """Write down a change. Raises NotFound without a waiver, Conflict where it is not in force or a change is being
    looked into already, Invalid for what is missing.
    """
    waiver = ending.in_force(case)
    if open_change(waiver) is not None:
        raise Conflict(_("已有一项变更正在核实，请等处理完再报告下一项。"), code="under_way")
    _check(case, reported)
    change = WaiverChange.objects.create(
        waiver=waiver,
        kind=reported.kind,
        found_by=reported.found_by,
        happened_on=reported.happened_on,
        words=vault.encrypt(case.application.data_key, reported.words.strip(), WORDS),
        reported_by=case.user,
        reported_at=case.at,
    )
    case.save()
    case.record("waiver.change_reported", change=change.pk, kind=change.kind, found_by=change.found_by)
    return change


def _check(case: Case, reported: Reported) -> None:
    errors: dict[str, str] = {}
    if reported.kind not in Kind.values:
        errors["kind"] = _("请选择是什么变更。")
    if reported.found_by not in Source.values:
        errors["found_by"] = _("请选择变更是怎么知道的。")
    if reported.happened_on > timezone.localdate(case.at):
        errors["happened_on"] = _("变更日期不能晚于今天。")
    if not reported.words.strip():
        errors["words"] = _("请写明发生了什么变化。")
    if errors:
        raise Invalid(errors=errors)


def answer(case: Case, change_pk: int, answered: Answered) -> WaiverChangeAnswer:
    """Settle a change: it does not matter, the place is another, the relief ends, or a revival is to be decided.

    Raises NotFound for a change of another case, Conflict where it is settled or the waiver is over, Refused for who
    reported it, Invalid for what is missing.
    """
    waiver = ending.in_force(case)
    change = _open(case, waiver, change_pk)
    _check_answered(change, answered)
    if answered.result == Result.MOVED:
        write_outlet(case, waiver, answered.number, answered.address, change.happened_on)
    row = WaiverChangeAnswer.objects.create(
        change=change,
        result=answered.result,
        words=vault.encrypt(case.application.data_key, answered.words.strip(), ANSWERED),
        reported_by_id=change.reported_by_id,
        answered_by=case.user,
        answered_at=case.at,
    )
    case.record("waiver.change_settled", change=change.pk, result=row.result)
    if answered.result == Result.ENDED:
        ending.end(case, change.kind)
    else:
        case.save()
    return row


def _open(case: Case, waiver: Waiver, pk: int) -> WaiverChange:
    change = WaiverChange.objects.filter(pk=pk, waiver=waiver).first()
    if change is None:
        raise NotFound()
    if WaiverChangeAnswer.objects.filter(change=change).exists():
        raise Conflict(_("这项变更已经处理。请刷新后核对。"), code="settled")
    if case.user is None or change.reported_by_id == case.user.pk:
        raise Refused(_("变更由您登记，须由另一位工作人员处理。"), code="four_eyes")
    return change


def _check_answered(change: WaiverChange, answered: Answered) -> None:
    errors: dict[str, str] = {}
    if answered.result not in results_for(change):
        errors["result"] = _("请选择处理结果。")
    if not answered.words.strip():
        errors["words"] = _("请写明核实的经过和结论。")
    if answered.result == Result.MOVED and not answered.address.strip():
        errors["address"] = _("请填写新的经营地址。")
    if errors:
        raise Invalid(errors=errors)
