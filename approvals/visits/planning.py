"""Planning visits by area: which cases wait where, who can come along, and the plan itself. Two officials, always."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from approvals import scope
from approvals.decide import check_open, stand
from approvals.models import Visit
from people.models import Division, Office, Post, User
from people.posts import in_force
from people.refusals import Conflict, Invalid, NotFound, Refused
from people.roles import CASE_ROLES
from workflows.models import WorkItem

# Stages at which somebody still weighs the case; later ones only carry out what was decided.
VISITING_STAGES = ("accept", "review", "countersign", "decide")
# The stage of visits to a case that was decided: whether what was granted is used as it should be.
AFTER_DECISION = "milestone"
DAYS_AHEAD = 60
MOST_AT_ONCE = 30


@dataclass(frozen=True)
class Area:
    """A division with cases that could be visited, and how many of them have no visit planned yet."""

    division: Division
    waiting: int


@dataclass(frozen=True)
class Planned:
    """What came of one case of a plan: the visit, or why there is none."""

    number: str
    visit: Visit | None
    why_not: str = ""


def areas(user: User, at: datetime) -> list[Area]:
    """Where the cases of the user's queues lie that have no visit planned, by division."""
    counted = _cases_to_visit(user, at).values("division").annotate(waiting=Count("pk")).order_by("division")
    found = {row["division"]: row["waiting"] for row in counted}
    divisions = Division.objects.select_related("parent").in_bulk(found)
    return [Area(divisions[code], waiting) for code, waiting in found.items()]


def candidates(user: User, area: str, at: datetime) -> list[WorkItem]:
    """One open item for each case of an area, the most urgent first, with its case as `application`."""
    cases = _cases_to_visit(user, at).filter(division=area).select_related("subject", "organisation")
    by_case = {case.pk: case for case in cases.order_by("pk")[: MOST_AT_ONCE * 4]}
    items = _open_items(user, at).filter(case_id__in=by_case).order_by("due_at", "pk")
    first = {item.case_id: item for item in reversed(list(items))}
    for item in first.values():
        item.application = by_case[item.case_id]
    return sorted(first.values(), key=lambda item: (item.due_at, item.pk))


def companions(user: User, area: str, at: datetime) -> list[Post]:
    """Posts of those who can come along: colleagues at the user's offices, and the office of the township."""
    offices = Q(office__in={queue.office_id for queue in scope.my_queues(user, at)}) | _of_township(area)
    posts = Post.objects.filter(offices, in_force(timezone.localdate(at)), role__in=CASE_ROLES, user__is_active=True)
    return list(posts.exclude(user=user).select_related("user", "office").order_by("office", "user__full_name", "pk"))


def _of_township(area: str) -> Q:
    return Q(office__function=Office.Function.TOWNSHIP, office__division=area)


def _open_items(user: User, at: datetime) -> QuerySet[WorkItem]:
    mine = scope.in_queues(scope.my_queues(user, at))
    waiting = WorkItem.objects.filter(closed_at__isnull=True, paused_at__isnull=True, waiting=False)
    return waiting.filter(mine, kind__in=VISITING_STAGES)


def _cases_to_visit(user: User, at: datetime) -> QuerySet[Application]:
    waiting = _open_items(user, at).filter(case_id=OuterRef("pk"))
    planned = Visit.objects.filter(application=OuterRef("pk"), state=Visit.State.PLANNED)
    return Application.objects.filter(Exists(waiting), ~Exists(planned))


def plan(user: User, items: Iterable[int], companion: User, on: date, at: datetime) -> list[Planned]:
    """Plan one visit for each item, each in its own transaction; what is refused is told beside what is done.

    Raises Invalid where the day, the number of cases or the companion cannot be.
    """
    wanted = sorted(set(items))
    _check_plan(user, wanted, companion, on, at)
    return [_planned(user, item, companion, on, at) for item in wanted]


def check_day(on: date, at: datetime) -> dict[str, str]:
    """What is wrong with the day of a visit; nothing where it can be."""
    today = timezone.localdate(at)
    if today <= on <= today + timedelta(days=DAYS_AHEAD):
        return {}
    return {"on": _("入户日期应在今天到%(days)s天之内。") % {"days": DAYS_AHEAD}}


def _check_plan(user: User, items: list[int], companion: User, on: date, at: datetime) -> None:
    errors = check_day(on, at)
    if not items:
        errors["items"] = _("请至少选择一件申请。")
    elif len(items) > MOST_AT_ONCE:
        errors["items"] = _("一次最多安排%(most)s件，请分几次安排。") % {"most": MOST_AT_ONCE}
    if door.identity_of(companion) == door.identity_of(user):
        errors["companion"] = _("入户核查须由两名工作人员进行，请选择另一位同事。")
    if errors:
        raise Invalid(errors=errors)


def _planned(user: User, item: int, companion: User, on: date, at: datetime) -> Planned:
    keys = WorkItem.objects.filter(pk=item).values_list("case_id", flat=True).first()
    number = scope.visible_cases(user, at).filter(pk=keys).values_list("number", flat=True).first() or ""
    try:
        return Planned(number, plan_one(user, item, companion, on, at))
    except Refused as refusal:
        return Planned(number, None, str(refusal.message))


def plan_one(user: User, item_id: int, companion: User, on: date, at: datetime) -> Visit:
    """Plan one visit. Both officials take part at the item's stage from now on.

    Raises NotFound for an item outside the user's queues, Conflict when it is closed, held or already planned for,
    Refused for four eyes and recusal of either, Invalid for a companion who may not come along.
    """
    keys = WorkItem.objects.filter(pk=item_id).values_list("case_id", "process_id").first()
    if keys is None:
        raise NotFound()
    with door.open_locked(*keys, user=user, at=at) as case:
        item = WorkItem.objects.select_related("queue__office", "owner").get(pk=item_id)
        _check_item(case, item)
        _check_companion(case.application, item, companion, at)
        if case.application.visits.filter(state=Visit.State.PLANNED).exists():
            raise Conflict(_("这件申请已经安排了入户核查。"), code="already_planned")
        take_both(case, (user, companion), item.stage)
        visit = _write(case, item, companion, on)
        case.record("visit.planned", stage=item.stage, visit=visit.pk, on=on.isoformat(), second=companion.username)
    return visit


def _check_item(case: door.Case, item: WorkItem) -> None:
    stand(case, item)
    if item.kind not in VISITING_STAGES:
        raise Conflict(_("这个环节不需要入户核查。"), code="no_visit_here")
    check_open(item, case.user, case.at, case.on_behalf_of)


def _check_companion(application: Application, item: WorkItem, companion: User, at: datetime) -> None:
    """A colleague at the office, or of the township's office, who may see the case anyway."""
    there = Q(office=item.queue.office_id) | _of_township(application.division_id)
    on_post = Post.objects.filter(there, in_force(timezone.localdate(at)), user=companion, role__in=CASE_ROLES)
    if not companion.is_active or not on_post.exists():
        raise Invalid(
            _("同行人须是本机关或所在乡镇（街道）的在岗工作人员。"),
            errors={"companion": _("请选择本机关或所在乡镇的同事。")},
        )
    if not scope.visible_cases(companion, at).filter(pk=application.pk).exists():
        raise Invalid(
            _("这位同事所在机关没有经办这件申请，不能同行。请选择其他同事。"),
            errors={"companion": _("请选择其他同事。")},
        )


def take_both(case: door.Case, officials: Iterable[User], stage: str) -> None:
    """Both officials of a visit take part at its stage; for whom one of them acts does too.

    What is checked after the decision is no stage of the case: then only recusal keeps somebody out. Raises Refused,
    which names who.
    """
    for official in officials:
        if stage == AFTER_DECISION:
            _refuse_recused(case.application, official)
            continue
        for_user = case.on_behalf_of if official == case.user else None
        try:
            door.take_seat(replace(case, user=official, on_behalf_of=for_user), stage)
        except Refused as refusal:
            who = {"who": official.full_name, "why": refusal.message}
            raise Refused(_("%(who)s不能参加这次核查：%(why)s") % who, code=refusal.code) from refusal


def _refuse_recused(application: Application, official: User) -> None:
    if door.recused(application, official):
        text = _("%(who)s是本案当事人、其近亲属或有利害关系，应当回避，不能参加这次核查。")
        raise Refused(text % {"who": official.full_name}, code="recusal")


def _write(case: door.Case, item: WorkItem, companion: User, on: date) -> Visit:
    application = case.application
    return Visit.objects.create(
        application=application,
        item=item,
        stage=item.stage,
        round=application.round,
        area_id=application.division_id,
        planned_on=on,
        planned_by=case.user,
        planned_at=case.at,
        first_official=case.user,
        second_official=companion,
    )
