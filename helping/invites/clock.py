"""By the clock: rosters, what was found on them and unanswered invitations are erased when their days are over."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from helping.invites import inviting, matching, rosters
from helping.models import FactRoster, Invitation, Matching
from people import vault

AT_ONCE = 100
CLOCK = "clock"


def erase_due(at: datetime) -> int:
    """Erase what is due; how many rosters, matchings and invitations there were. Late and twice are the same."""
    return sum(_each(rows, erase, at) for rows, erase in _due(at))


def _due(at: datetime) -> Iterator[tuple[QuerySet, Callable[[Any, datetime], None]]]:
    kept = {"erased_at__isnull": True, "expires_at__lte": at}
    yield FactRoster.objects.filter(**kept), _erase_roster
    yield Matching.objects.filter(**kept), _erase_matching
    yield Invitation.objects.filter(state=Invitation.State.OPEN, expires_at__lte=at), _end_invitation


def _each(rows: QuerySet, erase: Callable[[Any, datetime], None], at: datetime) -> int:
    done = 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            row = rows.select_for_update(of=("self",), no_key=True).select_related("data_key").filter(pk=pk).first()
            if row is not None:
                erase(row, at)
                done += 1
    return done


def _erase_roster(roster: FactRoster, at: datetime) -> None:
    roster.people.all().delete()
    vault.destroy(roster.data_key, at)
    roster.erased_at = at
    roster.save(update_fields=["erased_at"])
    rosters.record(roster, "erased", CLOCK, at)


def _erase_matching(found: Matching, at: datetime) -> None:
    found.matches.all().delete()
    vault.destroy(found.data_key, at)
    found.erased_at, found.ended_at, found.lease_until, found.claim = at, found.ended_at or at, None, ""
    found.save(update_fields=["erased_at", "ended_at", "lease_until", "claim"])
    matching.record(found, "erased", CLOCK, at)


def _end_invitation(invitation: Invitation, at: datetime) -> None:
    invitation.state, invitation.ended_at, invitation.sealed = Invitation.State.EXPIRED, at, b""
    invitation.save(update_fields=["state", "ended_at", "sealed"])
    vault.destroy(invitation.data_key, at)
    inviting.record(invitation, "expired", CLOCK, at)
