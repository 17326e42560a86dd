"""年检: whether the holder still holds it, runs it in person, and has a valid certificate. Inside the door."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from applications.door import Case
from benefits.models import Ground, WaiverCheck
from benefits.waivers.ending import in_force
from benefits.waivers.terms import CHECK_EVERY
from people import vault
from people.refusals import Conflict, Invalid

# assumed: no text says how long something may stay unclear; days.
LOOK_AGAIN = timedelta(days=30)
WORDS = "waiver.check"
Result = WaiverCheck.Result


@dataclass(frozen=True)
class Found:
    """What was found, and the conclusion; `ground` where it is one for revival, "" else."""

    same_holder: bool
    in_person: bool
    certificate_valid: bool
    result: str
    words: str
    ground: str = ""


def check(case: Case, found: Found) -> WaiverCheck:
    """Write down a check and when the next is due. A ground that was found ends nothing: that is decided elsewhere.

    Raises Conflict where the waiver is not in force or was checked on this day, Invalid for what is missing.
    """
    waiver = in_force(case)
    today = timezone.localdate(case.at)
    last = waiver.checks.order_by("-pk").first()
    if last is not None and timezone.localdate(last.checked_at) == today:
        raise Conflict(_("今天已经登记过年检，不能重复登记。请刷新后核对。"), code="checked_today")
    _check(found)
    row = WaiverCheck.objects.create(
        waiver=waiver,
        same_holder=found.same_holder,
        in_person=found.in_person,
        certificate_valid=found.certificate_valid,
        result=found.result,
        ground=found.ground if found.result == Result.REVIVAL else "",
        words=vault.encrypt(case.application.data_key, found.words.strip(), WORDS),
        next_due=_next(found.result, today),
        checked_by=case.user,
        checked_at=case.at,
    )
    # Until a revival is decided the waiver is looked at again like one that is unclear.
    waiver.check_due = row.next_due or today + LOOK_AGAIN
    waiver.save()
    case.save()
    case.record("waiver.checked", check=row.pk, result=row.result, ground=row.ground)
    return row


def _next(result: str, today: date) -> date | None:
    return {Result.OK: today + CHECK_EVERY, Result.UNCLEAR: today + LOOK_AGAIN}.get(Result(result))


def _check(found: Found) -> None:
    errors: dict[str, str] = {}
    if found.result not in Result.values:
        errors["result"] = _("请选择年检结果。")
    if found.result == Result.OK and not (found.same_holder and found.in_person and found.certificate_valid):
        errors["result"] = _("有一项不符合，不能选“符合”。请选“待查明”或者“有恢复缴纳的情形”。")
    if found.result == Result.REVIVAL and found.ground not in Ground.values:
        errors["ground"] = _("请选择是哪一种恢复缴纳的情形。")
    if not found.words.strip():
        errors["words"] = _("请写明怎样核对的、结论是什么。")
    if errors:
        raise Invalid(errors=errors)
