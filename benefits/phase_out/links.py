"""Cases that follow from a phase-out: the household comes back after a job was lost, or goes on under another head."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions
from applications.door import Case
from applications.models import Application
from applications.own import Act
from applications.states import State
from benefits.models import CaseLink, PhaseOut
from benefits.phase_out.facts import course_of
from people.models import User
from people.refusals import Conflict, NotFound
from schemes.definition import APPLICANT, SchemeDefinition
from schemes.models import current_version
from schemes.policies import resolve_for

REINCLUSION = "dibao-reinclusion"
OVER = frozenset({PhaseOut.State.ENDED, PhaseOut.State.TERMINATED})
# Whose the account was cannot be asked any more.
OF_THE_HEAD = frozenset({"account", "bank"})


def may_return(application: Application, at: datetime) -> bool:
    """Whether the household can ask to be taken back by the fast way: its phase-out is over, and policy has that way
    where it lives.
    """
    if not PhaseOut.objects.filter(application=application, state__in=OVER).exists():
        return False
    version = current_version(REINCLUSION)
    return (
        version is not None
        and resolve_for(version.definition, application.division_id, timezone.localdate(at)).status == "in_force"
    )


def come_back(user: User, public_id: str, at: datetime) -> Application:
    """再次纳入: begin the application by which a household comes back, filled in from its old file, which it names.

    Whoever begins it twice gets the same draft. What is known of the members' jobs stays as it was: the time in which
    a wage is not counted does not begin anew. Raises NotFound for others' cases, Conflict where there is no such way.
    """
    with actions.own_case(user, public_id, at, Act.CONTINUE) as case:
        if not PhaseOut.objects.filter(application=case.application).exists():
            raise NotFound()
        begun = _begun(case.application)
        if begun is not None:
            return begun
        if not may_return(case.application, at):
            raise Conflict(
                _("现在不能用这个办法重新申请：渐退期还没有结束，或者当地没有这项规定。请向乡镇（街道）申请低保。"),
                code="no_way_back",
            )
        course = course_of(case.application)
        known = course.answers | {"household": course.household, "was_in_benefit": True}
        return _follow(case, REINCLUSION, CaseLink.Kind.REINCLUSION, known, for_other=case.application.for_other)


def succeed(case: Case, head: str, household: list[dict[str, Any]]) -> Application:
    """Open the file of a household that goes on under another head, filled in from the one that was closed.

    Inside the door, where the old file was just closed. It is a draft of the account that filed the old one, for the
    new head to check, to name an account of their own, and to file.
    """
    old = course_of(case.application).answers
    members = [_as_head(member) if member["id_number"] == head else member for member in household]
    chosen = next(member for member in members if member["id_number"] == head)
    known = {name: value for name, value in old.items() if name not in OF_THE_HEAD}
    known |= {"name": chosen["name"], "id_number": head, "household": members}
    return _follow(case, case.application.scheme_code, CaseLink.Kind.HEAD_DIED, known, for_other=True)


def chain_of(application: Application) -> list[Application]:
    """The earlier cases one follows from, the nearest first."""
    found: list[Application] = []
    link = CaseLink.objects.select_related("previous").filter(application=application).first()
    while link is not None:
        found.append(link.previous)
        link = CaseLink.objects.select_related("previous").filter(application=link.previous).first()
    return found


def _as_head(member: Mapping[str, Any]) -> dict[str, Any]:
    return {**member, "relation": "head"}


def _begun(old: Application) -> Application | None:
    """The way back that was begun and is still open."""
    links = CaseLink.objects.filter(previous=old, kind=CaseLink.Kind.REINCLUSION).select_related("application")
    return next((one.application for one in links if _still_open(one.application)), None)


def _still_open(application: Application) -> bool:
    return application.state == State.DRAFT or application.is_open


def _follow(case: Case, scheme: str, kind: CaseLink.Kind, known: Mapping[str, Any], *, for_other: bool) -> Application:
    old = case.application
    draft = actions.begin(old.filed_by, scheme, case.at, for_other=for_other, by=case.user)
    answers = _asked(draft.definition, known)
    actions.save_answers(old.filed_by, draft.public_id, answers, case.at)
    CaseLink.objects.create(application=draft, previous=old, kind=kind, made_at=case.at)
    case.record("case.followed", kind=kind, by_case=draft.public_id)
    return Application.objects.get(pk=draft.pk)


def _asked(definition: SchemeDefinition, known: Mapping[str, Any]) -> dict[str, Any]:
    """What the applicant is asked and is known already."""
    return {one.name: known[one.name] for one in definition.questions(APPLICANT) if one.name in known}
