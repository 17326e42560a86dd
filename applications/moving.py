"""Moving running cases to the current version of their scheme: forms still being filled in, and what was filed and not
yet accepted. Everything else is finished under the version it was accepted under.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from django.db import IntegrityError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import answers as answers_of
from applications import door
from applications.models import Application
from applications.opening import once_key
from applications.placing import place_from, place_of
from applications.policy_scope import divisions_of
from applications.states import State
from people.models import User
from people.refusals import Conflict, Invalid, NotFound, Refused
from schemes.definition import SchemeDefinition
from schemes.errors import FactsError
from schemes.models import SchemeVersion, current_version, current_versions
from schemes.publication.policy_scope import PUBLISHER, covers
from workflows import engine

MOVABLE = (State.DRAFT, State.SUBMITTED)
ACCEPTED = gettext_lazy("已经受理，按受理时的版本办完：办理中途不改规则。")
WHY_NOT: dict[str, Promise] = {
    State.RETURNED: gettext_lazy("申请人正在按原版本补正，补正提交以后再定。"),
    State.ACCEPTED: ACCEPTED,
    State.IN_REVIEW: ACCEPTED,
    State.NOTICED: ACCEPTED,
}
UNREADABLE = gettext_lazy("新版本读不懂这份申请原来的答案，不能改用。")
SEAT = "version"
DRAFTS_A_RUN = 200


def move(user: User | None, public_id: str, target: SchemeVersion, at: datetime, *, version: int | None = None) -> None:
    """Pin a case to the current version of its scheme; assess what was filed anew. `user` None: the clock.

    Raises NotFound outside the divisions where the user publishes, Conflict where the case cannot be moved (any more),
    Refused in a case of one's own, Invalid where the new version cannot read its answers or find an office.
    """
    with _once_only(), door.open_case(public_id, user=user, at=at, version=version) as case:
        application = case.application
        _check_permission(application, user, at)
        before = application.scheme_version
        _check_movable(application, target)
        if user is not None:
            _check_stranger(application, user)
            door.take_seat(case, SEAT)
        _pin(application, target, at)
        case.save()
        told = {"eligible": application.eligible} if application.state == State.SUBMITTED else {}
        case.record("application.moved", scheme=target.scheme_id, before=before.number, after=target.number, **told)
        _reroute(case, at)


def move_drafts(at: datetime) -> int:
    """Move forms still being filled in where the current version says so; how many were moved."""
    moved = 0
    for target in current_versions():
        if target.definition.transition == "move_drafts":
            for public_id in _older_drafts(target):
                with suppress(Refused):
                    move(None, public_id, target, at)
                    moved += 1
    return moved


def _older_drafts(target: SchemeVersion) -> list[str]:
    drafts = Application.objects.filter(
        scheme_code=target.scheme_id, state=State.DRAFT, scheme_version__number__lt=target.number
    )
    same = drafts.filter(by_organisation=_is_institution(target.definition)).order_by("pk")
    return list(same.values_list("public_id", flat=True)[:DRAFTS_A_RUN])


def barrier(application: Application, target: SchemeVersion) -> str:
    """Why a case cannot be moved to a version, for pages; "" when nothing stands in the way."""
    before, after = application.definition, target.definition
    if application.state not in MOVABLE:
        return str(WHY_NOT.get(application.state, _("已经办结。")))
    if application.by_organisation != _is_institution(after) or not after.can_be_filed:
        return _("新版本由别的人申请或者不用申请，不能改用。请申请人重新申请。")
    if application.state == State.SUBMITTED and before.case_division != after.case_division:
        return _("新版本改变了由谁办理，已提交的申请不能改用。")
    return ""


@contextmanager
def _once_only() -> Iterator[None]:
    """The database's own refusal of a second live case of one applicant, in words."""
    try:
        yield
    except IntegrityError as error:
        if "once" not in str(error):
            raise
        raise Conflict(_("按新版本，同一申请人已有一份计入同一次数的申请，不能改用。"), code="once_only") from error


def _is_institution(definition: SchemeDefinition) -> bool:
    return definition.applicant == "organisation"


def _check_permission(application: Application, user: User | None, at: datetime) -> None:
    if user is None:
        return
    place = application.division
    if place is None or not covers(divisions_of(user, at, PUBLISHER), place):
        raise NotFound()


def _check_stranger(application: Application, user: User) -> None:
    """A draft has no parties on record yet: who fills it in is one all the same."""
    if door.identity_of(application.filed_by) == door.identity_of(user):
        raise Refused(_("您是本案当事人或其近亲属，应当回避，须由其他工作人员办理。"), code="recusal")


def _check_movable(application: Application, target: SchemeVersion) -> None:
    current = current_version(application.scheme_code)
    if current is None or target.pk != current.pk:
        raise Conflict(_("又发布了更新的版本。请返回列表，按最新版本办理。"), code="overtaken")
    if application.scheme_version_id == target.pk:
        raise Conflict(_("这份申请已经按这个版本办理。"), code="already_moved")
    reason = barrier(application, target)
    if reason:
        raise Conflict(reason, code="not_movable")


def _pin(application: Application, target: SchemeVersion, at: datetime) -> None:
    application.scheme_version = target
    application.once_group = once_key(application, application.policy_date or timezone.localdate(at))
    answers = answers_of.read(application)
    if application.state == State.DRAFT:
        place_from(application, answers)
        return
    try:
        assessment = answers_of.assess_now(application, answers, application.policy_date)
    except FactsError as error:
        raise Invalid(str(UNREADABLE), code="unreadable") from error
    answers_of.write_assessment(application, assessment)


def _reroute(case: door.Case, at: datetime) -> None:
    application = case.application
    if application.state == State.SUBMITTED:
        routing = place_of(application, answers_of.read(application))
        engine.rebase(case.process, application.scheme_version, routing.facts, case.user, at)
