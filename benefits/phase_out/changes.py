"""变更: a change of the household is reported or found, looked into, and settled by somebody else. Inside the door."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications.door import Case
from benefits.models import ChangeOutcome, Due, HouseholdChange, PhaseOut
from benefits.phase_out import facts, letters, links
from benefits.phase_out.facts import Course, course_of, month_after
from benefits.phase_out.judging import HEAD_GONE, Effect, Judged, carried, judge
from benefits.phase_out.money import Moved, bring_to
from benefits.phase_out.months import Stand
from benefits.stopping import PHASE_OUT_LIVE
from people import vault
from people.day_words import day_in_words
from people.joining import in_a_row
from people.refusals import Conflict, Invalid, NotFound, Refused
from schemes.errors import FactsError

Kind, Source = HouseholdChange.Kind, HouseholdChange.Source
LOWERS = frozenset({Effect.ADJUSTED, Effect.REVERTED, Effect.TERMINATED})


@dataclass(frozen=True)
class Reported:
    """What is told of a change: what kind, by whom found, the day it happened, and in words what it is."""

    kind: str
    found_by: str
    happened_on: date
    words: str


@dataclass(frozen=True)
class Verified:
    """What the official found: the household and its property now, whether it still lives here, and in words how it
    was verified. `heard`: what the family says to it, where it was not the family that reported it. `head`: the ID of
    who is the head from now on, where the one who applied is no member any more; "" else.
    """

    household: list[dict[str, Any]]
    property_ok: bool
    words: str
    here: bool = True
    heard: str = ""
    head: str = ""


@dataclass(frozen=True)
class Weighed:
    """What would come of a change: the assessment before and after, and the effect."""

    before: dict[str, Any]
    after: dict[str, Any]
    judged: Judged
    stand: Stand


def report(case: Case, reported: Reported, *, suspend: bool = False) -> HouseholdChange:
    """Write down a change. With `suspend` the months it counts in are not paid while it is looked into.

    Raises Conflict where the phase-out is over or a change is being looked into already, Invalid for what is missing.
    """
    phase_out = locked(case)
    if phase_out.changes.filter(outcome__isnull=True).exists():
        raise Conflict(_("已有一项变更正在核实，请等处理完再报告下一项。"), code="under_way")
    _check(case, phase_out, reported)
    change = HouseholdChange.objects.create(
        phase_out=phase_out,
        kind=reported.kind,
        found_by=reported.found_by,
        happened_on=reported.happened_on,
        effective_month=month_after(reported.happened_on),
        words=vault.encrypt(case.application.data_key, reported.words.strip(), facts.WORDS),
        reported_by=case.user,
        reported_at=case.at,
    )
    case.record("phase_out.change_reported", change=change.pk, kind=change.kind, found_by=change.found_by)
    if suspend:
        stand_still(case, phase_out)
    return change


def stand_still(case: Case, phase_out: PhaseOut) -> None:
    """暂停: what a change under way may touch is not paid until it is settled. Inside the door, the row locked."""
    if phase_out.state != PhaseOut.State.PHASING_OUT:
        raise Conflict(_("渐退期现在不能暂停：可能已经暂停或者已经结束。"), code="not_running")
    # Whoever signs a batch with one of these dues now does so before the months stand still, or finds that they do.
    dues = Due.objects.filter(application=case.application).order_by("pk")
    list(dues.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    phase_out.suspend()
    phase_out.save()
    case.record("phase_out.suspended")


def settle(case: Case, change_pk: int, verified: Verified) -> ChangeOutcome:
    """Settle a change by the same rules that gave the phase-out: it goes on, pays other sums, or ends.

    The snapshots before and after, the money and the machine move in this transaction. Raises NotFound for a change of
    another case, Conflict for one that is settled, Refused for whoever reported it, Invalid for what is missing.
    """
    phase_out = locked(case)
    change = open_change(case, phase_out, change_pk)
    weighed = weigh(case, change, verified)
    _check_settled(change, verified, weighed.judged)
    moved = _carry_out(case, phase_out, change, weighed)
    outcome = _write(case, change, verified, weighed, moved)
    if outcome.reason in HEAD_GONE:
        links.succeed(case, verified.head, verified.household)
    case.record("phase_out.change_settled", change=change.pk, effect=outcome.effect, reason=outcome.reason)
    if outcome.effect != Effect.NONE:
        letters.changed(case, phase_out, outcome)
    return outcome


def weigh(case: Case, change: HouseholdChange, verified: Verified) -> Weighed:
    """What would come of a change; nothing is written. Raises Invalid for facts that cannot be, Conflict for none."""
    course = course_of(case.application)
    household = carried(course.household, verified.household)
    after = _assessed(case, course, change, household, verified.property_ok)
    going_on = Stand(change.effective_month, after, change.pk)
    later = [month for month in course.months() if month.first >= change.effective_month]
    anew = [month for month in course.months(going_on) if month.first >= change.effective_month]
    same_sums = [month.amount for month in later] == [month.amount for month in anew]
    headless = course.answers["id_number"] not in {member["id_number"] for member in household}
    judged = judge(change.kind, after, here=verified.here, same_sums=same_sums, headless=headless)
    if judged is None:
        text = _("按变更当天的政策和事实不能得出结论：可能缺少事实，或者当天没有有效的政策。请核对后再办理。")
        raise Conflict(text, code="not_assessed")
    stand = Stand(change.effective_month, after, change.pk, over=judged.effect in facts.ENDS)
    return Weighed(dict(course.stands[-1].assessment), after, judged, stand)


def locked(case: Case) -> PhaseOut:
    """The phase-out of the case, locked. Raises NotFound where there is none, Conflict where it is over."""
    rows = PhaseOut.objects.select_for_update(of=("self",), no_key=True)
    phase_out = rows.filter(application=case.application).first()
    if phase_out is None:
        raise NotFound()
    if phase_out.state not in PHASE_OUT_LIVE:
        raise Conflict(_("渐退期已经结束，不能再登记变更。需要时请依职权处理或者重新申请。"), code="over")
    return phase_out


def _check(case: Case, phase_out: PhaseOut, reported: Reported) -> None:
    errors: dict[str, str] = {}
    if reported.kind not in Kind.values:
        errors["kind"] = _("请选择是什么变更。")
    if reported.found_by not in Source.values:
        errors["found_by"] = _("请选择变更是怎么知道的。")
    if not reported.words.strip():
        errors["words"] = _("请写明发生了什么变化。")
    if reported.happened_on > timezone.localdate(case.at):
        errors["happened_on"] = _("变更日期不能晚于今天。")
    last = phase_out.changes.order_by("-happened_on").values_list("happened_on", flat=True).first()
    if last is not None and reported.happened_on < last:
        errors["happened_on"] = _("变更日期不能早于上一项变更的日期（%(day)s）。") % {"day": day_in_words(last)}
    if errors:
        raise Invalid(errors=errors)


def open_change(case: Case, phase_out: PhaseOut, pk: int) -> HouseholdChange:
    """The change to settle. Raises NotFound, Conflict for one that is settled, Refused for whoever reported it."""
    change = HouseholdChange.objects.filter(pk=pk, phase_out=phase_out).first()
    if change is None:
        raise NotFound()
    if ChangeOutcome.objects.filter(change=change).exists():
        raise Conflict(_("这项变更已经处理。请刷新后核对。"), code="settled")
    if case.user is None or change.reported_by_id == case.user.pk:
        raise Refused(_("变更由您登记，须由另一位工作人员处理。"), code="four_eyes")
    return change


def _check_settled(change: HouseholdChange, verified: Verified, judged: Judged) -> None:
    errors: dict[str, str] = {}
    if not verified.words.strip():
        errors["words"] = _("请写明核实的经过和结论。")
    if judged.effect in LOWERS and change.found_by != Source.FAMILY and not verified.heard.strip():
        errors["heard"] = _("处理结果对家庭不利，请先听取家庭的意见并写在这里。")
    if judged.reason in HEAD_GONE and verified.head not in {member["id_number"] for member in verified.household}:
        errors["head"] = _("户主已不在家庭成员中，请从其余成员中选择新的户主。")
    if errors:
        raise Invalid(errors=errors)


def _assessed(
    case: Case, course: Course, change: HouseholdChange, household: list[dict[str, Any]], property_ok: bool
) -> dict[str, Any]:
    """The facts of now assessed by the policy of the day of the change."""
    answers = course.answers | {
        "household": household,
        "property_ok": property_ok,
        "determined_on": change.happened_on.isoformat(),
    }
    try:
        return answers_of.assess_now(case.application, answers, timezone.localdate(case.at)).as_json()
    except FactsError as error:
        raise Invalid(errors={"household": in_a_row(error.in_language().values())}) from error


def _carry_out(case: Case, phase_out: PhaseOut, change: HouseholdChange, weighed: Weighed) -> Moved:
    """The money first, for it may refuse; then the machine."""
    judged = weighed.judged
    later = [month for month in course_of(case.application).months(weighed.stand) if _counts(month.first, change)]
    moved = bring_to(case, later) if judged.effect != Effect.NONE else Moved()
    if judged.effect == Effect.REVERTED:
        phase_out.revert(case.at, judged.reason)
    elif judged.effect == Effect.TERMINATED:
        phase_out.terminate(case.at, judged.reason)
    elif phase_out.state == PhaseOut.State.SUSPENDED:
        phase_out.resume()
    phase_out.save()
    case.save()
    return moved


def _counts(month: date, change: HouseholdChange) -> bool:
    return month >= change.effective_month


def _write(case: Case, change: HouseholdChange, verified: Verified, weighed: Weighed, moved: Moved) -> ChangeOutcome:
    key = case.application.data_key
    household = carried(course_of(case.application).household, verified.household)
    known = {"household": household, "property_ok": verified.property_ok, "here": verified.here}
    return ChangeOutcome.objects.create(
        change=change,
        effect=weighed.judged.effect,
        reason=weighed.judged.reason,
        facts=vault.encrypt_json(key, known, facts.FACTS),
        before=vault.encrypt_json(key, weighed.before, facts.BEFORE),
        after=vault.encrypt_json(key, weighed.after, facts.AFTER),
        words=vault.encrypt(key, verified.words.strip(), facts.SETTLED),
        heard=vault.encrypt(key, verified.heard.strip(), facts.HEARD) if verified.heard.strip() else b"",
        reported_by_id=change.reported_by_id,
        decided_by=case.user,
        decided_at=case.at,
        stopped=moved.stopped,
        added=moved.added,
        overpaid=moved.overpaid,
    )
