"""Who acts on the milestones of a grant: the office that granted it.

Its reviewers and supervisors plan the site check and put off; reviewers and approvers rule. Two go there, and who rules
was neither of them. None of it is a stage of the case; no party or relative acts at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from applications.states import State
from approvals import scope
from approvals.exofficio import opening
from approvals.models import MilestoneRuling, MilestoneVisit, Visit
from approvals.visits import planning
from benefits.milestones import putting_off
from benefits.milestones.locking import locked
from benefits.models import Milestone, MilestoneExtension
from people import vault
from people.models import Office, Post, User
from people.posts import holds, in_force
from people.refusals import Conflict, Invalid, NotFound, Refused
from people.roles import CASE_ROLES

WORDS = "milestone.ruling"
RULING = {"reviewer": "review_cases", "approver": "decide_cases", "supervisor": "manage_work"}


@dataclass(frozen=True)
class Ruled:
    """Whether it is reached, in words."""

    met: bool
    words: str


def may_plan(user: User, application: Application, at: datetime) -> bool:
    """Whether the user reviews or supervises for the office that granted, and has no part in the case."""
    return bool(opening.role_for(user, application, at))


def may_rule(user: User, application: Application, at: datetime) -> bool:
    """Whether the user reviews, approves or supervises for the office that granted, and has no part in the case."""
    office = opening.office_of(application)
    if office is None or application.state != State.GRANTED or door.recused(application, user):
        return False
    return any(holds(user, role, office, permission, at) for role, permission in RULING.items())


def companions(user: User, application: Application, at: datetime) -> list[Post]:
    """Posts of those who can come along: colleagues at the office that granted, and the township's office."""
    rows = Post.objects.filter(
        _there(opening.office_of(application), application),
        in_force(timezone.localdate(at)),
        role__in=CASE_ROLES,
        user__is_active=True,
    )
    return list(rows.exclude(user=user).select_related("user", "office").order_by("office", "user__full_name", "pk"))


def _there(office: Office | None, application: Application) -> Q:
    township = Q(office__function=Office.Function.TOWNSHIP, office__division=application.division_id)
    return Q(office=office) | township


def plan(user: User, public_id: str, place: int, companion: User, on: date, at: datetime) -> Visit:
    """Plan the site check of a milestone: the user and a colleague go.

    Raises NotFound outside the office that granted, Conflict where the milestone is met or a visit is planned already,
    Invalid for a day or a colleague that cannot be, Refused for recusal.
    """
    with _inside(user, public_id, at) as case:
        if not may_plan(user, case.application, at):
            raise NotFound()
        milestone = _open(case, place)
        _check_plan(case, companion, on)
        planning.take_both(case, (user, companion), planning.AFTER_DECISION)
        visit = _visit(case, companion, on)
        MilestoneVisit.objects.create(milestone=milestone, visit=visit)
        case.record("milestone.visit_planned", place=place, visit=visit.pk, second=companion.username)
    return visit


def _check_plan(case: door.Case, companion: User, on: date) -> None:
    errors = planning.check_day(on, case.at)
    if door.identity_of(companion) == door.identity_of(case.user):
        errors["companion"] = _("现场核查须由两名工作人员进行，请选择另一位同事。")
    elif all(post.user_id != companion.pk for post in companions(case.user, case.application, case.at)):
        errors["companion"] = _("请选择本机关或所在乡镇的同事。")
    elif not scope.visible_cases(companion, case.at).filter(pk=case.application.pk).exists():
        errors["companion"] = _("这位同事不能查看本案，请选择其他同事。")
    if errors:
        raise Invalid(errors=errors)
    if case.application.visits.filter(state=Visit.State.PLANNED).exists():
        raise Conflict(_("本案已经安排了现场核查，请先完成或者取消那一次。"), code="already_planned")


def _visit(case: door.Case, companion: User, on: date) -> Visit:
    application = case.application
    return Visit.objects.create(
        application=application,
        stage=planning.AFTER_DECISION,
        round=application.round,
        area_id=application.division_id,
        planned_on=on,
        planned_by=case.user,
        planned_at=case.at,
        first_official=case.user,
        second_official=companion,
    )


def rule(user: User, public_id: str, place: int, ruled: Ruled, at: datetime) -> MilestoneRuling:
    """Whether a milestone is reached: what is owed for it can be paid then; else the organisation goes on with it.

    Raises NotFound outside the office that granted, Conflict while there is no report or no site check to rule on,
    Refused for one of the two who went, Invalid for what is missing.
    """
    with _inside(user, public_id, at) as case:
        if not may_rule(user, case.application, at):
            raise NotFound()
        milestone = _open(case, place)
        visit = visit_to_rule(milestone)
        if visit is None or milestone.state != Milestone.State.REPORTED:
            raise Conflict(_("要先有单位的报告，并由两名工作人员现场核查过，才能确认。"), code="not_checked")
        if went(user, visit):
            raise Refused(_("您参加了现场核查，须由其他工作人员确认。"), code="four_eyes")
        if not ruled.words.strip():
            raise Invalid(errors={"words": _("请写明确认的依据，或者还差什么。")})
        return _ruled(case, milestone, visit, ruled)


def _ruled(case: door.Case, milestone: Milestone, visit: Visit, ruled: Ruled) -> MilestoneRuling:
    row = MilestoneRuling.objects.create(
        milestone=milestone,
        visit=visit,
        first_official=visit.first_official,
        second_official=visit.second_official,
        met=ruled.met,
        words=vault.encrypt(case.application.data_key, ruled.words.strip(), WORDS),
        decided_by=case.user,
        decided_at=case.at,
    )
    if ruled.met:
        milestone.meet(case.at)
    else:
        milestone.send_back()
    milestone.save()
    case.save()
    case.record("milestone.ruled", place=milestone.place, met=ruled.met, visit=visit.pk)
    return row


def visit_to_rule(milestone: Milestone) -> Visit | None:
    """The last site check of a milestone that was made and that nobody has ruled on; it follows the last report."""
    last = milestone.reports.order_by("-pk").first()
    if last is None:
        return None
    made = Visit.objects.filter(of_milestone__milestone=milestone, state=Visit.State.MADE, ruling__isnull=True)
    found = made.filter(ended_at__gte=last.reported_at).select_related("first_official", "second_official")
    return found.order_by("-pk").first()


def went(user: User, visit: Visit) -> bool:
    """Whether the user, by whatever account, was one of the two."""
    both = {door.identity_of(visit.first_official), door.identity_of(visit.second_official)}
    return door.identity_of(user) in both


def put_off(user: User, public_id: str, place: int, until: date, reason: str, at: datetime) -> MilestoneExtension:
    """Put a milestone off. Raises NotFound outside the office that granted, and what `putting_off.put_off` raises."""
    with _inside(user, public_id, at) as case:
        if not may_plan(user, case.application, at):
            raise NotFound()
        return putting_off.put_off(case, place, until, reason)


def _open(case: door.Case, place: int) -> Milestone:
    milestone = locked(case, place)
    if milestone.state == Milestone.State.MET:
        raise Conflict(_("这一期已经确认，不用再办理。"), code="met")
    return milestone


@contextmanager
def _inside(user: User, public_id: str, at: datetime) -> Iterator[door.Case]:
    keys = scope.visible_cases(user, at).filter(public_id=public_id).values_list("pk", "process_ref").first()
    if keys is None:
        raise NotFound()
    with door.open_locked(*keys, user=user, at=at) as case:
        if door.recused(case.application, user):
            raise Refused(_("您是本案当事人、其近亲属或有利害关系，应当回避，须由其他工作人员办理。"), code="recusal")
        yield case
