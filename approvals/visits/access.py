"""Who may read a visit, and whose it is to report."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from applications import door
from approvals import scope
from approvals.exofficio import opening
from approvals.models import Visit
from people.finding import one_of
from people.models import Office, User
from people.refusals import NotFound, Refused
from workflows.models import WorkItem


def visits_seen(user: User, at: datetime) -> QuerySet[Visit]:
    """The visits of the cases the user may see."""
    related = ("application__data_key", "application__scheme_version", "application__subject", "application__division")
    officials = ("first_official", "second_official", "area", "application__organisation", "ended_by")
    visits = Visit.objects.filter(application__in=scope.visible_cases(user, at))
    return visits.select_related(*related, *officials)


def visit_for(user: User, pk: int, at: datetime) -> Visit:
    """One visit. Raises NotFound for one of a case the user may not see."""
    return one_of(visits_seen(user, at), pk=pk)


def own_visits(user: User, at: datetime) -> QuerySet[Visit]:
    """The visits the user makes, as either of the two."""
    return visits_seen(user, at).filter(Q(first_official=user) | Q(second_official=user))


def route_of(user: User, on: date, at: datetime) -> list[Visit]:
    """The user's planned visits of a day, in the order of areas."""
    return list(own_visits(user, at).filter(planned_on=on, state=Visit.State.PLANNED))


def office_of(visit: Visit) -> Office:
    """For which office they go: the one whose item they follow, after the decision the one that granted."""
    office = visit.item.queue.office if visit.item else opening.office_of(visit.application)
    if office is None:
        raise NotFound()
    return office


def is_visitor(user: User, visit: Visit) -> bool:
    """Whether the user is one of the two."""
    return user.pk in (visit.first_official_id, visit.second_official_id)


def may_call_off(user: User, visit: Visit, at: datetime) -> bool:
    """Whether the user may call a planned visit off: one of the two, and after its day whoever has the case.

    The two may have left, or the case gone on: a visit nobody makes any more keeps no other from being planned.
    """
    if is_visitor(user, visit):
        return True
    if timezone.localdate(at) <= visit.planned_on or door.recused(visit.application, user):
        return False
    if visit.item_id is None:
        return bool(opening.role_for(user, visit.application, at))
    mine = scope.in_queues(scope.my_queues(user, at))
    return WorkItem.objects.filter(mine, case_id=visit.application_id, closed_at__isnull=True).exists()


def require_visitor(user: User, visit: Visit) -> None:
    """Raise Refused where a visit is somebody else's to report."""
    if not is_visitor(user, visit):
        raise Refused(code="not_visitor")
