"""What did not arrive: seen by supervisors for their offices' cases, by the system's administrators for all."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from approvals import scope
from audit import chain
from people.models import User
from people.posts import posts_of
from people.refusals import NotFound
from telling import failures
from telling.models import Notice

SUPERVISOR, SYSTEM = "supervisor", "system_administrator"
ROLES = (SUPERVISOR, SYSTEM)


def seen_by(user: User, at: datetime) -> QuerySet[Notice]:
    """The notices that did not arrive, as far as the user looks after them: neither words nor addresses are shown."""
    roles = {post.role for post in posts_of(user, at)}
    if SYSTEM in roles:
        return failures.not_arrived()
    if SUPERVISOR not in roles:
        return Notice.objects.none()
    cases = scope.visible_cases(user, at).values("public_id")
    return failures.not_arrived().filter(case_ref__in=cases)


def try_again(user: User, keys: Iterable[int], at: datetime) -> int:
    """Give some of them another round, and write down who did. Raises NotFound for what is not theirs."""
    wanted = set(keys)
    mine = seen_by(user, at).filter(pk__in=wanted)
    found = list(mine.values_list("pk", flat=True))
    if not found or len(found) < len(wanted):
        raise NotFound()
    count = failures.try_again(failures.not_arrived(), found, at)
    chain.append(f"told:{user.pk}", "telling.tried_again", actor=user.username, at=at, data={"count": count})
    return count
