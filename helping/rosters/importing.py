"""A roster brought in as a spreadsheet: every row is checked, and either all of them count or none."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from helping.models import Mandate, VillageRoster
from helping.rosters import access, keeping
from helping.rosters.keeping import MOST_VILLAGERS, Entry
from helping.standing import Terms, may_help, record_consent, stopped
from people.identity import normalise_id
from people.models import User
from people.refusals import Invalid, Refused
from people.tables import FaultyFile, RowFault, Table, columns_of, table_of

NAME, NUMBER, PHONE = "姓名", "身份证号", "电话"
DOCUMENT = "同意书编号"
HEADINGS, OPTIONAL = (NAME, NUMBER), (PHONE, DOCUMENT)
COLUMN_OF = {"name": NAME, "id_number": NUMBER, "phone": PHONE, "document": DOCUMENT}


@dataclass(frozen=True)
class Brought:
    """How many were put on the roster, and for how many of them consent was recorded."""

    added: int
    agreed: int


def bring_in(user: User, pk: int, content: bytes, at: datetime) -> Brought:
    """Put everybody in a file on a roster; with the number of a signed consent in the row, that consent too.

    Raises NotFound, Invalid for what cannot be read, FaultyFile naming every row that is wrong.
    """
    roster = access.roster_of(user, pk, at)
    table = table_of(content)
    where = columns_of(table, HEADINGS, OPTIONAL)
    rows = [(number, row) for number, row in enumerate(table[1:], 2) if any(row)]
    if not rows:
        raise Invalid(_("文件里没有人。请在第一行标题下面每人填一行。"), code="empty")
    if len(rows) > MOST_VILLAGERS:
        raise Invalid(_("一本名册最多%(most)s人。") % {"most": MOST_VILLAGERS}, code="too_many")
    with transaction.atomic():
        roster = keeping.locked(user, roster.pk, at)
        brought = _all_or_none(user, roster, rows, where, at)
        keeping.record("village.imported", roster, user, at, added=brought.added, agreed=brought.agreed)
    return brought


def _all_or_none(user: User, roster: VillageRoster, rows: Table, where: dict[str, int], at: datetime) -> Brought:
    faults, seen, agreed = [], {}, 0
    for number, row in rows:
        told = {name: _cell(row, place) for name, place in where.items()}
        first = seen.setdefault(normalise_id(told[NUMBER]), number)
        if first != number:
            faults.append(RowFault(number, NUMBER, _("和第%(row)s行重复。") % {"row": first}))
            continue
        try:
            with transaction.atomic():
                agreed += _row(user, roster, told, at)
        except Refused as refusal:
            faults += _faults_of(number, refusal)
    if faults:
        raise FaultyFile(faults)
    return Brought(len(rows), agreed)


def _row(user: User, roster: VillageRoster, told: dict[str, str], at: datetime) -> bool:
    entry = Entry(told[NAME], told[NUMBER], told.get(PHONE, ""))
    villager = keeping.put_on(user, roster, entry, at)
    agreed_before = may_help(user, villager.person, at) or stopped(user, roster.office, villager.person, user, at)
    if not told.get(DOCUMENT) or agreed_before:
        return False
    terms = Terms(
        kind=Mandate.Kind.VILLAGE,
        way=Mandate.Way.SIGNED,
        helper=user,
        office=roster.office,
        document=told[DOCUMENT],
    )
    record_consent(user, villager.person, terms, at)
    return True


def _faults_of(number: int, refusal: Refused) -> list[RowFault]:
    errors = getattr(refusal, "errors", {}) or {"": str(refusal.message)}
    return [RowFault(number, COLUMN_OF.get(field, NAME), text) for field, text in errors.items()]


def _cell(row: list[str], place: int) -> str:
    return row[place] if place < len(row) else ""
