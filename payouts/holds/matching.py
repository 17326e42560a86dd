"""Rosters held against what is not signed yet: by keyed hash, in the database, as often as one likes.

Locks: cases → dues → stream heads.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from applications import door
from applications.models import Application
from benefits.models import Due
from payouts.holds.standing import holding
from payouts.models import Ground, Hold, HoldLifted, Payout, RosterEntry
from payouts.models.batches import SIGNED
from people.models import Office, User

A_CHUNK = 500
# assumed: how long a roster says how things are; a death stays what it is.
COUNTS_FOR = timedelta(days=92)


def put_due(at: datetime, office: Office | None = None, user: User | None = None) -> int:
    """Hold what rosters name and no official has signed; how many dues. Safe to repeat, late, and two at once.

    `office`: only the envelopes of one bureau. `user`: who brought a roster in just now, None for the clock.
    """
    done = 0
    while chunk := _chunk(at, office, user):
        done += chunk
    return done


@transaction.atomic
def _chunk(at: datetime, office: Office | None, user: User | None) -> int:
    cases = sorted({case for _pk, case in named_dues(at, office).values_list("pk", "application_id")[:A_CHUNK]})
    if not cases:
        return 0
    _lock(Application.objects.filter(pk__in=cases).order_by("pk"))
    _lock(Due.objects.filter(application__in=cases).order_by("pk"))
    holds = _holds(named_dues(at, office).filter(application__in=cases), at)
    Hold.objects.bulk_create(holds, batch_size=A_CHUNK)
    _record(holds, user, at)
    return len(holds)


def _lock(rows: QuerySet) -> None:
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def named_dues(at: datetime, office: Office | None = None) -> QuerySet[Due]:
    """Dues that a roster names and nothing holds yet: their day has come, nobody has signed them. With `entry`."""
    signed = Payout.objects.live().filter(due=OuterRef("pk"), batch__state__in=SIGNED)
    mine = Due.objects.filter(stop__isnull=True, payable_from__lte=timezone.localdate(at), payee__isnull=False)
    if office is not None:
        mine = mine.filter(budget__division=office.division_id)
    entries = _entries(at).filter(id_index=OuterRef("payee__id_index"))
    first = entries.filter(roster__office__division=OuterRef("budget__division")).order_by("pk").values("pk")[:1]
    # The people on rosters are few: the database begins with them, not with everything that is owed.
    named = mine.filter(payee__id_index__in=RosterEntry.objects.values("id_index"))
    open_ones = named.filter(~Exists(signed), ~Exists(holding())).annotate(entry=Subquery(first))
    return open_ones.filter(entry__isnull=False).order_by("payable_from", "pk")


def _entries(at: datetime) -> QuerySet[RosterEntry]:
    """For a query over dues: the rows of rosters that count for one and were not found wrong for its case before."""
    now = Q(roster__kind=Ground.DEATH) | Q(roster__brought_at__gt=at - COUNTS_FOR)
    reached = Q(counts_from__isnull=True) | Q(counts_from__lte=OuterRef("payable_from"))
    cleared = HoldLifted.objects.filter(
        hold__entry=OuterRef("pk"), hold__due__application=OuterRef(OuterRef("application"))
    )
    return RosterEntry.objects.filter(now, reached, ~Exists(cleared))


def _holds(dues: QuerySet[Due], at: datetime) -> list[Hold]:
    found = list(dues.select_related("application"))
    entries = RosterEntry.objects.select_related("roster").in_bulk({due.entry for due in found})
    return [_hold(due, entries[due.entry], at) for due in found]


def _hold(due: Due, entry: RosterEntry, at: datetime) -> Hold:
    return Hold(due=due, ground=entry.roster.kind, entry=entry, put_by_id=entry.roster.brought_by_id, put_at=at)


def _record(holds: Iterable[Hold], user: User | None, at: datetime) -> None:
    """One event a case, in the order of cases: codes and counts only."""
    cases: dict[int, list[Hold]] = {}
    for hold in holds:
        cases.setdefault(hold.due.application_id, []).append(hold)
    for pk in sorted(cases):
        mine = cases[pk]
        case = door.Case(mine[0].due.application, None, user, at)
        rosters = sorted({hold.entry.roster_id for hold in mine})
        case.record("payment.held", grounds=sorted({hold.ground for hold in mine}), dues=len(mine), rosters=rosters)
