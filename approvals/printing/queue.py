"""The papers of the reader's offices that are not made yet. Numbers and kinds only: nobody's name."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from papers.models import Paper
from people import staffing
from people.models import Office, User
from people.posts import posts_of
from people.roles import DESK_ROLES, MONEY_ROLES

READING_ROLES = DESK_ROLES | MONEY_ROLES
UNMADE = [Paper.State.QUEUED, Paper.State.FAILED]


@dataclass(frozen=True)
class Counts:
    """How many papers wait for the first time, are being made, wait to be tried again, and were given up."""

    waiting: int
    making: int
    again: int
    failed: int


def offices_of(user: User, at: datetime) -> QuerySet[Office]:
    """The offices whose papers the user looks after: where they hold a post, and all of an administrator's area."""
    held = {post.office_id for post in posts_of(user, at) if post.role in READING_ROLES}
    administered = staffing.offices_of(user, at).values("pk")
    return Office.objects.filter(Q(pk__in=held) | Q(pk__in=administered))


def unmade(user: User, at: datetime) -> QuerySet[Paper]:
    """Their papers that are not made yet."""
    return Paper.objects.filter(office__in=offices_of(user, at).values("pk"), state__in=UNMADE)


def counts(user: User, at: datetime) -> Counts:
    """How many of each."""
    queued, tried = Q(state=Paper.State.QUEUED), Q(attempts__gt=0)
    making = queued & tried & Q(failure="", next_attempt_at__gt=at)
    again = queued & ~Q(failure="")
    found = unmade(user, at).aggregate(
        all=Count("pk", filter=queued),
        making=Count("pk", filter=making),
        again=Count("pk", filter=again),
        failed=Count("pk", filter=Q(state=Paper.State.FAILED)),
    )
    waiting = found.pop("all") - found["making"] - found["again"]
    return Counts(waiting=waiting, **found)


def failed(user: User, at: datetime) -> QuerySet[Paper]:
    """Those that were given up, the newest first."""
    return unmade(user, at).filter(state=Paper.State.FAILED).select_related("office__division").order_by("-pk")
