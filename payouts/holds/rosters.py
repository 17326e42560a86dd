"""A roster comes in: read and checked as a whole, kept encrypted, its persons by keyed hash alone, and matched.

The same bytes again change nothing. Locks of the writing: roster → key; matching has its own.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from audit import chain
from benefits.phase_out.facts import month_after
from payouts import scope
from payouts.holds import matching
from payouts.holds.reading import RosterLine, lines_of
from payouts.models import Payout, Roster, RosterEntry
from payouts.models.batches import SIGNED
from people import sealed_files, vault
from people.finding import one_of
from people.models import Office, User
from people.tables import kind_of, table_of

SEALED = "roster"
AT_ONCE = 1000


def bring(user: User, office: Office, kind: str, content: bytes, at: datetime) -> tuple[Roster, bool]:
    """Take in a roster of a kind and hold what it names; False where these very bytes were brought in before.

    Raises NotFound for a stranger to the bureau, Invalid for a file that is none, FaultyFile naming each fault.
    """
    scope.finance_office(user, office.pk, at)
    same = Roster.objects.filter(office=office, kind=kind, digest=digest_of(content))
    known = same.first()
    if known is None:
        lines = lines_of(table_of(content), kind, timezone.localdate(at))
        try:
            known = _keep(user, office, kind, content, lines, at)
        except IntegrityError:
            # Somebody brought in the same bytes between our look and our write.
            return same.get(), False
        matching.put_due(at, office, user)
        return known, True
    return known, False


def digest_of(content: bytes) -> str:
    """By what a file is known again: keyed, for who is on a short roster could be guessed from a bare hash."""
    return vault.blind_index("roster", hashlib.sha256(content).hexdigest())


@transaction.atomic
def _keep(user: User, office: Office, kind: str, content: bytes, lines: list[RosterLine], at: datetime) -> Roster:
    key = vault.new_data_key()
    key.save()
    roster = Roster.objects.create(
        office=office,
        kind=kind,
        data_key=key,
        stored=sealed_files.put("rosters", key, content, SEALED),
        digest=digest_of(content),
        file_kind=kind_of(content),
        rows=len(lines),
        brought_by=user,
        brought_at=at,
    )
    RosterEntry.objects.bulk_create(_entries(roster, lines), batch_size=AT_ONCE)
    data = {"kind": kind, "rows": len(lines), "digest": roster.digest}
    chain.append(roster.stream, "roster.brought", actor=user.username, at=at, subject=roster.reference, data=data)
    return roster


def _entries(roster: Roster, lines: list[RosterLine]) -> Iterator[RosterEntry]:
    for line in lines:
        counts_from = month_after(line.since) if line.since else None
        yield RosterEntry(roster=roster, id_index=line.index, row=line.row, since=line.since, counts_from=counts_from)


def rosters_of(user: User, at: datetime) -> QuerySet[Roster]:
    """The rosters of the user's bureaus, newest first."""
    return Roster.objects.filter(office__in=scope.finance_offices(user, at)).select_related("office", "brought_by")


def roster_of(user: User, pk: int, at: datetime) -> Roster:
    """One of them. Raises NotFound."""
    return one_of(rosters_of(user, at), pk=pk)


def gone_already(roster: Roster) -> QuerySet[Payout]:
    """Payouts of months after the day a roster gives, signed before it came: the office in charge claims them back.

    A row without a day says nothing of what was paid before. A line signed and not sent yet is among them: what two
    people signed is on its way.
    """
    named = RosterEntry.objects.filter(
        roster=roster, id_index=OuterRef("due__payee__id_index"), counts_from__lte=OuterRef("due__payable_from")
    )
    signed = Payout.objects.live().filter(
        Q(batch__state__in=SIGNED),
        due__budget__division=roster.office.division_id,
        due__payee__id_index__in=roster.entries.values("id_index"),
    )
    related = ("batch", "due__application")
    return signed.filter(Exists(named)).select_related(*related).order_by(F("batch_id"), "line")
