"""Banks' lists of interest: sealed copies of what a bank has itself, destroyed by the clock when their time is over.

What came of each line stays, with its claim and as long as that. A hold by law keeps a list that names what is held.
"""

import logging
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from approvals.claims import loan_lists_kept
from approvals.models import LoanList
from archives.erasing import law_holds
from archives.erasing.walking import walk
from archives.models import LegalHold
from archives.retention import expiry_of, rule_for
from archives.retention.rules import YEARS
from audit import chain
from benefits.claims.loan_lists import lines_of
from people import sealed_files, vault
from people.areas import inside
from people.refusals import Refused
from people.tables import table_of

# Kept outside the database, like the lines about cases.
log = logging.getLogger("archives.erased")
GIVES, ENDED = "bank_list", "brought"
LISTS_A_RUN, LOOKED_AT_A_RUN = 50, 500
HOUR = 3600  # seconds
Reach = LegalHold.Reach


def kept_until(row: LoanList) -> date | None:
    """The first day a list need not be kept; None: for ever."""
    day = timezone.localdate(row.brought_at)
    return expiry_of(rule_for(GIVES, ENDED, day).retention, day.year)


def erase(at: datetime) -> int:
    """Destroy the lists whose time is over and that no hold keeps; how many. Looked for once an hour."""
    if not cache.add(f"archives:lists:{at:%Y%m%d%H}", True, HOUR):
        return 0
    old = LoanList.objects.filter(brought_at__lt=at - timedelta(days=365 * min(YEARS.values())))
    there = old.filter(data_key__destroyed_at__isnull=True)
    bounds = {"most_done": LISTS_A_RUN, "most_seen": LOOKED_AT_A_RUN}
    return walk("lists", there, lambda pk: _erase(pk, at), **bounds)


def destroy(row: LoanList, at: datetime) -> None:
    """Destroy the key of a list, and its file after the commit; in a transaction."""
    vault.destroy(row.data_key, at)
    data = {"list": row.pk, "rows": row.rows, "sha256": row.sha256}
    chain.append(f"loans:{row.office_id}", "loans.erased", actor="clock", at=at, data=data)
    log.info("erasing list %s: %s", row.data_key_id, row.stored)
    transaction.on_commit(lambda: _committed(row))


def _erase(pk: int, at: datetime) -> int:
    with transaction.atomic():
        rows = LoanList.objects.select_for_update(of=("self",), no_key=True).select_related("data_key")
        row, on = rows.get(pk=pk), timezone.localdate(at)
        until = kept_until(row)
        if row.data_key.destroyed_at or until is None or until > on or _is_held(row, on):
            return 0
        destroy(row, at)
    return 1


def _committed(row: LoanList) -> None:
    log.info("erased list %s", row.data_key_id)
    sealed_files.remove(row.stored)


def _is_held(row: LoanList, on: date) -> bool:
    """Whether a hold names a claim of it, the place of its office, or a borrower: they are in the file alone."""
    if law_holds.held_cases(on).filter(loan_lines__list=row).exists():
        return True
    standing = law_holds.standing(on)
    places = standing.filter(reach__in=[Reach.DIVISION, Reach.SCHEME]).values_list("division", flat=True)
    if LoanList.objects.filter(inside("office__division", places), pk=row.pk).exists():
        return True
    persons = standing.filter(reach=Reach.PERSON)
    return persons.exists() and _names_one_of(row, set(persons.values_list("person__id_index", flat=True)))


def _names_one_of(row: LoanList, held: set[str]) -> bool:
    """A list nobody can read is kept while anybody is held: whom it names is not known."""
    try:
        lines = lines_of(table_of(loan_lists_kept.content_of(row)))
    except (vault.VaultError, FileNotFoundError, Refused):
        return True
    return any(vault.blind_index("id", line.id_number) in held for line in lines)
