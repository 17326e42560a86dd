"""The next period of a periodic benefit: which months are open, and the short claim that asks for them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions, periods
from applications import answers as answers_of
from applications.door import Case
from applications.models import Application
from applications.own import Act
from applications.states import OPEN, State
from benefits.models import ClaimedMonth, Entitlement, PeriodClaim
from benefits.phase_out.facts import month_after
from people.day_words import month_in_words
from people.models import User
from people.refusals import Conflict, NotFound
from schemes.definition import APPLICANT, SchemeDefinition
from schemes.models import current_version
from schemes.policies import resolve_for

# What is likely to be the same in the next period and is offered on the pages that are asked anew.
OFFERED_AGAIN = frozenset({"text", "name", "date", "division"})


@dataclass(frozen=True)
class NextPeriod:
    """The next month that can be claimed, and how many whole months of it on have passed and are left (0: none yet)."""

    first: date
    months: int


def entitlement_of(application: Application) -> Entitlement | None:
    """The entitlement a granted case opened or claims under."""
    claim = PeriodClaim.objects.select_related("entitlement").filter(application=application).first()
    return claim.entitlement if claim else None


def next_period(entitlement: Entitlement, at: datetime) -> NextPeriod:
    """What is open after the last month that was granted. Only months that have passed can be claimed."""
    taken = ClaimedMonth.objects.filter(claim__entitlement=entitlement, released_at__isnull=True)
    last = taken.aggregate(last=Max("month"))["last"]
    first = month_after(last) if last else entitlement.first_month
    today = timezone.localdate(at)
    passed = max(0, (today.year - first.year) * 12 + today.month - first.month)
    left = entitlement.months_left
    return NextPeriod(first, passed if left is None else min(passed, left))


def begun_under(entitlement: Entitlement) -> Application | None:
    """The short claim that was begun and is still open."""
    rows = Application.objects.filter(continues__period_claim__entitlement=entitlement)
    return rows.filter(state__in=[State.DRAFT, *OPEN]).order_by("-pk").first()


def claim_next(user: User, public_id: str, at: datetime) -> Application:
    """申报下一期: begin the short claim, filled in from the user's own case, which it names.

    Whoever begins it twice gets the same draft. Raises NotFound for others' cases and for those without periods,
    Conflict where nothing further can be claimed, which says why.
    """
    with actions.own_case(user, public_id, at, Act.CONTINUE) as case:
        entitlement = entitlement_of(case.application)
        if entitlement is None:
            raise NotFound()
        begun = begun_under(entitlement)
        if begun is not None:
            if begun.filed_by_id != user.pk:
                raise Conflict(_("下一期已由他人代为申报，正在办理。"), code="begun_by_another")
            return begun
        reason = hindrance(case.application, entitlement, at)
        if reason:
            raise Conflict(reason, code="no_next_period")
        return _begin(case, entitlement)


def hindrance(application: Application, entitlement: Entitlement, at: datetime) -> str:
    """Why the next period cannot be claimed now, "" where it can."""
    if entitlement.state == Entitlement.State.EXHAUSTED:
        return _("补贴月数已满，不能再申报。")
    if application.state != State.GRANTED or entitlement.state != Entitlement.State.OPEN:
        return _("这项待遇已经终止，不能按它申报下一期。符合条件的，请重新申请。")
    version = current_version(application.scheme_code)
    if version is None or not _in_force(version.definition, application, at):
        return _("当地现在没有这项规定，不能申报下一期。请向当地主管部门咨询。")
    period = next_period(entitlement, at)
    if not period.months:
        return _("只能申报已经过去的月份。%(month)s过完以后，就可以申报下一期。") % {
            "month": month_in_words(period.first)
        }
    return ""


def _in_force(definition: SchemeDefinition, application: Application, at: datetime) -> bool:
    return resolve_for(definition, application.division_id, timezone.localdate(at)).status == "in_force"


def _begin(case: Case, entitlement: Entitlement) -> Application:
    old = case.application
    draft = actions.begin(old.filed_by, old.scheme_code, case.at, for_other=old.for_other, continues=old)
    period = next_period(entitlement, case.at)
    known = _kept(draft.definition, old) | {
        "claimed_from": period.first.isoformat(),
        "months_received": entitlement.months_before + entitlement.months_claimed,
    }
    asked = {question.name for question in draft.definition.questions(APPLICANT)}
    answers = {name: value for name, value in known.items() if name in asked}
    actions.save_answers(old.filed_by, draft.public_id, answers, case.at)
    case.record("period.begun", by_case=draft.public_id)
    return Application.objects.get(pk=draft.pk)


def _kept(definition: SchemeDefinition, old: Application) -> dict[str, object]:
    """What stays from the period before, and words and days that are likely the same."""
    said = answers_of.read(old)
    kept = [
        question.name
        for page in definition.applicant_pages()
        for question in page.questions
        if page.code in periods.KEPT_PAGES or question.kind in OFFERED_AGAIN
    ]
    return {name: said[name] for name in kept if name in said}
