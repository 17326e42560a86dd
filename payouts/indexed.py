"""The keyed hashes of this room: vouchers entered, rosters and the persons on them, read again from the files."""

from functools import lru_cache

from django.db.models import QuerySet
from django.utils import timezone

from payouts.holds import reading, rosters
from payouts.models import Repayment, Roster, RosterEntry
from payouts.returns import repayments
from people import indexing, sealed_files, vault
from people.models import DataKey
from people.tables import table_of


def _rosters() -> QuerySet[Roster]:
    return Roster.objects.select_related("data_key")


def _entries() -> QuerySet[RosterEntry]:
    return RosterEntry.objects.select_related("roster__data_key")


def _content(roster: Roster) -> bytes:
    return sealed_files.get(roster.stored, DataKey.objects.get(pk=roster.data_key_id), rosters.SEALED)


def _lines(roster: Roster) -> dict[int, str]:
    """The index of each row; entries come roster by roster, so one file is read once, were it damaged too."""
    found = _lines_of(roster.pk, rosters.digest_of(b""))
    if isinstance(found, Exception):
        raise found
    return found


@lru_cache(maxsize=1)
def _lines_of(pk: int, _key: str) -> dict[int, str] | Exception:
    """`_key` tells one key of indexes from another."""
    roster = Roster.objects.get(pk=pk)
    today = timezone.localdate(roster.brought_at)
    try:
        return {line.row: line.index for line in reading.lines_of(table_of(_content(roster)), roster.kind, today)}
    except (vault.VaultError, *indexing.DAMAGED) as error:
        return error


def _repayments() -> QuerySet[Repayment]:
    return Repayment.objects.select_related("recovery__application__data_key")


def _proof(row: Repayment) -> str:
    key = row.recovery.application.data_key
    return vault.blind_index("proof", vault.decrypt(key, bytes(row.proof), repayments.PROOF))


indexing.register(
    indexing.Column(_repayments, "proof_index", _proof),
    indexing.Column(_rosters, "digest", lambda row: rosters.digest_of(_content(row))),
    indexing.Column(_entries, "id_index", lambda row: _lines(row.roster)[row.row]),
)
