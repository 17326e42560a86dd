"""Reopening 重新办理: what was refused, not accepted, answered or lapsed is looked at again in a new round.

Nothing is deleted: the earlier decision stays verifiable and says that it was superseded once there is another.
"""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions, door
from applications import answers as answers_of
from applications.kept_out import barred_of
from applications.models import Application, Round
from applications.placing import place_of
from applications.states import State
from approvals import notices, scope
from approvals.models import Decision, Move, Opinion
from approvals.moves.record import note_move
from approvals.outcomes import ANSWERS
from benefits import exclusions
from people.models import Office, Post, User
from people.posts import holds, in_force
from people.refusals import Conflict, Invalid, NotFound
from people.remembering import once
from workflows import engine
from workflows.models import WorkItem

REOPENABLE = frozenset({State.REFUSED, State.NOT_ACCEPTED, State.ANSWERED, State.LAPSED})
ENDING = (Decision.Kind.REFUSAL, Decision.Kind.NOT_ACCEPTED, Decision.Kind.ANSWER, Decision.Kind.CORRECTION)
# The outcome of a round; whoever made it does not make the next where there is somebody else.
OUTCOMES = (Decision.Kind.REFUSAL, Decision.Kind.NOT_ACCEPTED, Decision.Kind.ANSWER)
# What was said where a round ended so.
ENDING_WORDS = (Opinion.Outcome.NOT_ACCEPT, Opinion.Outcome.REFUSE, Opinion.Outcome.CORRECTION, *ANSWERS)
SUPERVISED = "reopen"


def ending_of(application: Application) -> Decision | None:
    """The last paper that ended the case; for a lapsed one, the request that was not answered."""
    return application.decisions.filter(kind__in=ENDING).select_related("office").order_by("-pk").first()


def role_for(user: User, application: Application, at: datetime) -> str:
    """As what a user may reopen a case now: "approver", "supervisor", or "" when they may not."""
    return overseer(user, application, at) if application.state in REOPENABLE else ""


def overseer(user: User, application: Application, at: datetime) -> str:
    """As what a user oversees how a case ended, whether or not it was reopened since."""
    ending = ending_of(application)
    if ending is None or _ended_it(user, application, ending.round):
        return ""
    if door.recused(application, user):
        return ""
    if holds(user, "approver", ending.office, "decide_cases", at):
        return "approver"
    return "supervisor" if holds(user, "supervisor", ending.office, "manage_work", at) else ""


def reopen(user: User, public_id: str, reason: str, at: datetime, *, version: int | None = None) -> Application:
    """A new round by a supervisor or another approver of the office that ended the case, with a reason.

    Raises NotFound outside their cases and for whoever decided it, Conflict when the case cannot be reopened (any
    more) or something else now stands beside it, Refused for four eyes and recusal, Invalid without a reason.
    """
    keys = scope.visible_cases(user, at).filter(public_id=public_id).values_list("pk", "process_ref").first()
    if keys is None:
        raise NotFound()
    if not reason.strip():
        raise Invalid(errors={"reason": _("请写明为什么重新办理。")})
    with actions.once_only(public_id), door.open_locked(*keys, user=user, at=at, version=version) as case:
        check_state(case.application)
        role = role_for(user, case.application, at)
        if not role:
            raise NotFound()
        door.take_seat(case, _stage(case.application) if role == "approver" else SUPERVISED)
        begin_round(case, reason)
    return case.application


def _stage(application: Application) -> str:
    """Where an approver acts: who reopens a case may decide it, having not decided it before."""
    stages = application.definition.stages
    return next((stage.code for stage in stages if stage.kind == "decide"), SUPERVISED)


def check_state(application: Application) -> None:
    """Raise Conflict where there is nothing to reopen."""
    if application.state not in REOPENABLE:
        raise Conflict(_("只有不予批准、不予受理、已答复或逾期终止的案件可以重新办理。"), code="not_reopenable")


def begin_round(case: door.Case, reason: str) -> None:
    """The new round, inside the door: transition, what was filed once more, the move, and a new route.

    Raises Conflict where what the person holds meanwhile cannot be held beside it.
    """
    application = case.application
    blocking = [found for found in exclusions.findings(application) if found.blocks and not found.may_override]
    if blocking:
        raise Conflict(" ".join(found.message for found in blocking), code="excluded")
    accepted = application.accepted_at is not None
    if accepted:
        application.reopen(case.at)
    else:
        application.reopen_before_acceptance(case.at)
    Round.objects.create(
        application=application,
        number=application.round,
        answers=bytes(application.answers),
        filed_at=case.at,
    )
    note_move(case, Move.Kind.REOPEN, text=reason)
    _new_route(case, accepted=accepted)


def _new_route(case: door.Case, *, accepted: bool) -> None:
    application = case.application
    routing = place_of(application, answers_of.read(application))
    version = application.scheme_version
    position = engine.start(application.pk, version, routing.place, routing.facts, case.at, accepted=accepted)
    application.process_ref, case.process = position.process.pk, position.process
    case.save()
    notices.arrive(case, position)


def other_must_act(item: WorkItem, user: User, at: datetime) -> str:
    """Why the outcome of an earlier round keeps an official from this seat; "" when it does not.

    Who ended the case before it was reopened, or for whom it was ended, does not end it again, where the office has
    somebody else in that role then.
    """
    if item.kind not in {"accept", "decide"} or not _ended_before(item, user):
        return ""
    if not _others(item.queue.office, item, user, at):
        return ""
    return _("重新办理的案件，要由原来没有作出结论的工作人员办理。")


def _ended_before(item: WorkItem, user: User) -> bool:
    return any(_ended_it(user, one.application, one.round) for one in once(("ended", item.pk), lambda: _ended(item)))


def _ended(item: WorkItem) -> tuple[Decision, ...]:
    """The outcomes of the earlier rounds of a case."""
    earlier = Decision.objects.filter(application=item.case_id, kind__in=OUTCOMES, round__lt=item.round)
    return tuple(earlier.select_related("application"))


def _ended_it(user: User, application: Application, of_round: int) -> bool:
    """Whether the user signed what ended a round of a case, as either of two, or somebody did so for them 代理."""
    signed = Q(official=user) | Q(second_official=user)
    if application.decisions.filter(signed, kind__in=ENDING, round=of_round).exists():
        return True
    seconded = Q(item__kind="cosign", outcome=Opinion.Outcome.AGREE)
    lent = application.opinions.filter(on_behalf_of=user, round=of_round)
    return lent.filter(seconded | Q(outcome__in=ENDING_WORDS)).exists()


def _others(office: Office, item: WorkItem, user: User, at: datetime) -> bool:
    """Whether a colleague in the same role could take the seat, who did not end the case before either."""
    posts = Post.objects.filter(in_force(timezone.localdate(at)), office=office, role=item.queue.role)
    colleagues = [post.user for post in posts.exclude(user=user).select_related("user") if post.user.is_active]
    application = Application.objects.get(pk=item.case_id)
    barred = barred_of(application, colleagues, item.stage)
    return any(one.pk not in barred and not _ended_before(item, one) for one in colleagues)
