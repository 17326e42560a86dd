"""An official acts on a work item: the only way an opinion or a decision comes about."""

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications import door
from applications.asking import asking_of
from applications.models import Application, Correction
from applications.placing import assessed_facts
from applications.states import State
from approvals import answers as answers_given
from approvals import handlers, outcomes
from approvals.models import Move, Opinion
from approvals.moves.record import note_move
from approvals.outcomes import Outcome
from approvals.pauses import paused_words
from approvals.said import Said
from approvals.seats import check_hands, check_heard, held_by_another, standing_at, waits_for
from approvals.signing import acts
from people import delegating, vault
from people.models import User
from people.refusals import Conflict, Invalid, NotFound
from schemes.errors import FactsError
from schemes.questions import APPLICANT
from workflows import engine
from workflows.models import WorkItem
from workflows.routing import missed, note_routing

# assumed: no text says how long before the application a determination may lie.
DETERMINED_DAYS_BEFORE = 31


def act(user: User, item_id: int, said: Said, at: datetime, *, version: int | None = None) -> Application:
    """Act on a work item: one transaction, one outcome.

    Raises NotFound for an item outside the user's offices, Conflict when somebody was first or the page is stale,
    Refused for four eyes and recusal, Invalid when something needed is missing.
    """
    with _case_of(item_id, user, at) as case:
        item = WorkItem.objects.select_related("process", "queue__office__signs_for", "owner").get(pk=item_id)
        item.process = case.process
        stand(case, item)
        check_open(item, user, at, case.on_behalf_of)
        if version is not None and version != case.application.version:
            raise Conflict(code="stale")
        door.take_seat(case, item.stage)
        check_hands(item, user, at, case.on_behalf_of)
        check_heard(item, said.outcome)
        _check_said(item, case.application, said, at)
        _take_entries(case, item, said)
        opinion = _note_opinion(case, item, said)
        act_name, done = acts.perform(case, item, said)
        case.record(f"official.{act_name}", stage=item.stage, office=item.queue.office_id, opinion=opinion.pk)
        acts.route(case, item, done, act_name)
    return case.application


def claim(user: User, item_id: int, at: datetime) -> Application:
    """签收: take an item for oneself; the first reviewer's claim begins the review."""
    with _case_of(item_id, user, at) as case:
        item = WorkItem.objects.select_related("queue__office", "owner").get(pk=item_id)
        stand(case, item)
        check_open(item, user, at, case.on_behalf_of)
        door.take_seat(case, item.stage)
        check_hands(item, user, at, case.on_behalf_of)
        handlers.begin_review(case, item)
        case.save()
        item.owner, item.delegate = user, None
        item.save(update_fields=["owner", "delegate"])
        note_move(case, Move.Kind.CLAIM, item=item)
    return case.application


def release(user: User, item_id: int, at: datetime) -> Application:
    """退签: put back an item one had taken, so that colleagues can take it."""
    with _case_of(item_id, user, at) as case:
        item = WorkItem.objects.select_related("queue__office", "owner").get(pk=item_id)
        stand(case, item)
        check_open(item, user, at, case.on_behalf_of)
        if item.owner_id is None:
            raise Conflict(_("此件没有人签收。"), code="not_claimed")
        item.owner = None
        item.save(update_fields=["owner"])
        note_move(case, Move.Kind.RELEASE, item=item)
    return case.application


def _case_of(item_id: int, user: User, at: datetime) -> AbstractContextManager[door.Case]:
    keys = WorkItem.objects.filter(pk=item_id).values_list("case_id", "process_id").first()
    if keys is None:
        raise NotFound()
    return door.open_locked(*keys, user=user, at=at)


def stand(case: door.Case, item: WorkItem) -> None:
    """As what the official acts on an item: on their own post, or for a colleague, whom the case then carries.

    A delegation stays locked until the act is committed, so that none acts after it was revoked. Raises NotFound.
    """
    assert case.user is not None
    standing = standing_at(case.user, item, case.application, case.at)
    if standing is None or (standing.delegation is not None and not delegating.lock(standing.delegation)):
        raise NotFound()
    case.on_behalf_of = standing.for_user


def check_open(item: WorkItem, user: User, at: datetime, for_user: User | None = None) -> None:
    """Whether an item still waits for this official. Raises Conflict, which says who was first and when."""
    check_closed(item)
    if item.halted:
        raise Conflict(paused_words(item), code="paused")
    if held_by_another(item, user, at, for_user):
        raise Conflict(_("此件已由%(who)s签收。") % {"who": item.owner.full_name}, code="claimed")
    waits = waits_for(item, user)
    if waits:
        raise Conflict(waits, code="waiting")


def check_closed(item: WorkItem) -> None:
    """Whether an item is still open. Raises Conflict, which says who closed it and when."""
    if item.closed_at is None:
        return
    when = date_format(timezone.localtime(item.closed_at), "Y-m-d H:i")
    if item.owner is None and Application.objects.filter(pk=item.case_id, state=State.WITHDRAWN).exists():
        gone = _("申请人已于%(when)s撤回申请，您的操作没有生效。")
        raise Conflict(gone % {"when": when}, code="already_decided")
    who = item.owner.full_name if item.owner else _("系统")
    text = _("此件已由%(who)s于%(when)s办理，您的操作没有生效。")
    raise Conflict(text % {"who": who, "when": when}, code="already_decided")


def _check_said(item: WorkItem, application: Application, said: Said, at: datetime) -> None:
    if said.outcome not in outcomes.outcomes_for(item, application):
        raise Invalid(_("这个环节不能这样办理，请重新选择。"), errors={"outcome": _("请选择办理结果。")})
    errors: dict[str, str] = {}
    if said.outcome in outcomes.NEEDS_TEXT and not said.text.strip():
        errors["text"] = outcomes.words_missing(said.outcome)
    if said.outcome in outcomes.ANSWERS:
        errors |= answers_given.errors_of(application, said.answered, at)
    if said.outcome in outcomes.NEEDS_REASONS and not _are_reasons(application, said.reasons):
        errors["reasons"] = _("请至少勾选一条不予批准的理由。")
    if said.outcome == Outcome.CORRECTION:
        errors |= _correction_errors(application, said)
    if said.outcome == Outcome.SEND_BACK and said.target not in earlier_stages(item, application):
        errors["target"] = _("请选择退回的环节。")
    if errors:
        raise Invalid(errors=errors)


def _are_reasons(application: Application, codes: tuple[str, ...]) -> bool:
    known = {reason.code for reason in application.definition.refusal_reasons}
    return bool(codes) and set(codes) <= known and len(set(codes)) == len(codes)


def _correction_errors(application: Application, said: Said) -> dict[str, str]:
    errors: dict[str, str] = {}
    named = [(target, name) for target, name, _message in said.points]
    lacking = said.correction_kind == Correction.Kind.INCOMPLETE
    if lacking and not said.text.strip() and _should_have_been_told(application):
        errors["text"] = _("缺少材料应当在受理前一次告知。请写明为什么以前没有告知。")
    if said.correction_kind not in Correction.Kind.values:
        errors["correction_kind"] = _("请选择补正原因。")
    if not named:
        errors["points"] = _("请至少指明一项需要补正的内容。")
    elif not set(named) <= correctable(application):
        errors["points"] = _("其中有不能补正的项目。地点、学校等决定由谁办理的内容填错的，请不予受理并告知向谁申请。")
    elif len(set(named)) < len(named) or not all(message.strip() for _target, _name, message in said.points):
        errors["points"] = _("每一项请只指明一次，并写明怎样补正。")
    return errors


def _should_have_been_told(application: Application) -> bool:
    """Whether what is lacking was to be said before: papers lacking are told all at once, before acceptance.

    行政许可法 第三十二条, by which the forms of this procedure are made.
    """
    lacking = application.corrections.filter(kind=Correction.Kind.INCOMPLETE, answered_at__isnull=False)
    return application.accepted_at is not None or lacking.exists()


def correctable(application: Application) -> set[tuple[str, str]]:
    """What an applicant may be asked to correct: answers and papers, but not what decides which office is in charge."""
    definition = application.definition
    placing = {definition.case_division, *definition.routing_facts}
    questions = {
        ("question", question.name) for question in definition.questions(APPLICANT) if question.name not in placing
    }
    return questions | {("paper", paper.code) for paper in definition.papers_asked}


def earlier_stages(item: WorkItem, application: Application) -> list[str]:
    """The stages before this one where the case can be sent back for a look: those it went through, and those it
    should have gone through since its amount rose.
    """
    definition = engine.definition_of(item.process)
    codes = [stage.code for stage in definition.stages]
    before = codes[: codes.index(item.stage)]
    of_route = WorkItem.objects.filter(case_id=application.pk, placement=WorkItem.Placement.ROUTE)
    reviewed = of_route.filter(kind__in=["review", "countersign"])
    done = set(reviewed.values_list("stage", flat=True))
    done |= {stage.code for stage in missed(item.process, definition, definition.stage(item.stage))}
    return [code for code in before if code in done]


def _take_entries(case: door.Case, item: WorkItem, said: Said) -> None:
    application = case.application
    answers = answers_of.read(application)
    asked_here = outcomes.questions_of(item, application)
    known = {question.name for question in asked_here}
    given = {name: value for name, value in said.entries.items() if name in known}
    _check_determination(application, given, timezone.localdate(case.at))
    if given:
        answers |= given
        answers_of.write(application, answers)
    if said.outcome in outcomes.CLOSES_CLEANLY:
        asked = asking_of(application, answers, timezone.localdate(case.at))
        questions = [question for question in asked_here if asked.shows(question)]
        lacking = [question.name for question in questions if not asked.is_answered(question)]
        if lacking:
            raise Invalid(errors={name: _("请填写这一项。") for name in lacking})
    if given:
        _reassess(application, answers, case.at)
        note_routing(case.process, assessed_facts(application, answers))


def _check_determination(application: Application, given: dict[str, Any], today: date) -> None:
    """The day of the determination chooses the policy and the first month: it may not be picked at will."""
    if not given.get("determined_on"):
        return
    earliest = timezone.localdate(application.submitted_at) - timedelta(days=DETERMINED_DAYS_BEFORE)
    if not earliest <= date.fromisoformat(given["determined_on"]) <= today:
        raise Invalid(errors={"determined_on": _("认定日期不能晚于今天，也不能早于申请提交前一个月。")})


def _reassess(application: Application, answers: dict[str, Any], at: datetime) -> None:
    try:
        assessment = answers_of.assess_now(application, answers, timezone.localdate(at))
    except FactsError as error:
        raise Invalid(errors=error.in_language()) from error
    answers_of.write_assessment(application, assessment)


def _note_opinion(case: door.Case, item: WorkItem, said: Said) -> Opinion:
    application = case.application
    return Opinion.objects.create(
        application=application,
        item=item,
        stage=item.stage,
        round=application.round,
        official=case.user,
        on_behalf_of=case.on_behalf_of,
        office=item.queue.office,
        outcome=said.outcome,
        text=vault.encrypt(application.data_key, said.text.strip(), "opinion"),
        said_at=case.at,
    )
