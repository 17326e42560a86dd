"""Lists of cases rather than of work items: what the official looks for among all their office has seen."""

from datetime import datetime

from django.db.models import QuerySet

from applications.models import Application
from approvals import scope
from approvals.inbox.filters import Filters
from approvals.inbox.search import matching
from people.models import User


def cases_of(user: User, at: datetime, filters: Filters) -> QuerySet[Application]:
    """The cases of a list, narrowed; the list to look in stays empty until something is looked for."""
    if not filters.searched:
        return Application.objects.none()
    found = scope.visible_cases(user, at).filter(matching(filters.search, filters.person))
    cases = Application.objects.filter(pk__in=found.values("pk"))
    return cases.filter(scheme_code=filters.scheme) if filters.scheme else cases
