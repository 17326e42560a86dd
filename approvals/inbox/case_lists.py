"""Lists of cases rather than of work items: ended, copied, begun by the official, or looked for."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet

from applications.models import Application
from approvals import scope
from approvals.inbox.filters import Filters
from approvals.inbox.search import matching
from approvals.inbox.tabs import COPIED, FINISHED, STARTED
from approvals.moves import lists
from people.models import User


def cases_of(user: User, at: datetime, filters: Filters) -> QuerySet[Application]:
    """The cases of a list, narrowed; the list to look in stays empty until something is looked for."""
    if filters.tab not in LISTS and not filters.searched:
        return Application.objects.none()
    found = LISTS.get(filters.tab, scope.visible_cases)(user, at).filter(matching(filters.search, filters.person))
    cases = Application.objects.filter(pk__in=found.order_by().values("pk"))
    return cases.filter(scheme_code=filters.scheme) if filters.scheme else cases


def _copied(user: User, at: datetime) -> QuerySet[Application]:
    """A case copied twice is listed once."""
    copies = lists.copied_to(user, at).order_by().values("application")
    return Application.objects.filter(pk__in=copies)


LISTS: dict[str, Callable[[User, datetime], QuerySet[Application]]] = {
    FINISHED: lists.finished,
    COPIED: _copied,
    STARTED: lists.started_by,
}
