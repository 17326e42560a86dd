"""Destroying once more what a log names: after an older backup was restored, or where a process was lost halfway.

Before a destruction is committed the log has `erasing case … : files`, afterwards `erased case …`; the same of
banks' lists, with `list`. What has only the first may have come to nothing: it is destroyed again only where somebody
says so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from applications import door
from applications.door import Case
from applications.models import Application
from applications.states import State
from approvals.models import LoanList
from archives.erasing import bank_lists, destroying, drafts, persons
from archives.models import Volume
from people.refusals import NotFound

BEGUN = re.compile(r"\berasing case ([0-9a-z]{12}):((?: [\w/-]+\.\w+)*)")
DONE = re.compile(r"\berased case ([0-9a-z]{12})\b")
LIST_BEGUN = re.compile(r"\berasing list ([0-9a-f-]{36}):((?: [\w/-]+\.\w+)*)")
LIST_DONE = re.compile(r"\berased list ([0-9a-f-]{36})\b")


@dataclass
class Named:
    """A case or list in a log: whether it says that it was destroyed for certain, and the files it had."""

    sure: bool = False
    files: set[str] = field(default_factory=set)


class Came(StrEnum):
    """What became of it: destroyed now, destroyed before (what was left behind is removed), or left as it is."""

    DESTROYED = "destroyed"
    CLEANED = "cleaned"
    LEFT = "left"


def named_in(lines: Iterable[str]) -> dict[str, Named]:
    """The cases a log names, by public id."""
    return _named(lines, BEGUN, DONE)


def lists_in(lines: Iterable[str]) -> dict[str, Named]:
    """The banks' lists a log names, by their key."""
    return _named(lines, LIST_BEGUN, LIST_DONE)


def _named(lines: Iterable[str], begun: re.Pattern[str], done: re.Pattern[str]) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for line in lines:
        for match in begun.finditer(line):
            found.setdefault(match[1], Named()).files.update(match[2].split())
        for match in done.finditer(line):
            found.setdefault(match[1], Named()).sure = True
    return found


def destroy_list_again(key: str, named: Named, at: datetime) -> Came:
    """The same as `destroy_again`, of a bank's list."""
    with transaction.atomic():
        rows = LoanList.objects.select_for_update(of=("self",), no_key=True).select_related("data_key")
        row = rows.filter(data_key=key, data_key__destroyed_at__isnull=True).first()
        came = Came.CLEANED if row is None else Came.DESTROYED if named.sure else Came.LEFT
        if row is not None and named.sure:
            bank_lists.destroy(row, at)
    if came != Came.LEFT:
        destroying.remove(named.files)
    return came


def destroy_again(public_id: str, named: Named, at: datetime) -> Came:
    """Destroy a case the log is sure of, and whatever a destruction left behind. Repeating it changes nothing."""
    try:
        with door.open_case(public_id, user=None, at=at) as case:
            files = named.files | set(destroying.stored_of(case.application))
            came = _destroyed(case, sure=named.sure)
    except NotFound:
        files, came = named.files, Came.CLEANED
    if came != Came.LEFT:
        destroying.remove(files)
    return came


def _destroyed(case: Case, *, sure: bool) -> Came:
    before = destroying.is_destroyed(case.application)
    if not before and not sure:
        return Came.LEFT
    if not before and case.application.state == State.DRAFT:
        drafts.destroy_draft(case)
        return Came.DESTROYED
    if not before:
        named = persons.parties_of(case.application)
        destroying.destroy(case, "case.erased", again=True)
        persons.forget(named, case.at)
    _mask_names(case.application)
    return Came.CLEANED if before else Came.DESTROYED


def _mask_names(application: Application) -> None:
    """The register keeps no name of a file of which nothing can be read any more."""
    for volume in Volume.objects.filter(cases__application=application).distinct():
        if not volume.cases.filter(application__data_key__destroyed_at__isnull=True).exists():
            persons.mask_name(volume)
