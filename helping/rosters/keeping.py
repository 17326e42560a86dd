"""Keeping a roster: opening one, adding people, taking them off. Each is an event in the stream of the roster."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit import chain
from helping.models import Villager, VillageRoster
from helping.rosters import access
from helping.standing.naming import person_named
from people import vault
from people.finding import one_of
from people.identity import IdentityError, check_phone
from people.models import User
from people.refusals import Conflict, Invalid, NotFound

# assumed: a clerk helps about twenty; more than this is a register, and no longer a roster of people one knows.
MOST_VILLAGERS = 60
MOST_ROSTERS = 20
LONGEST_VILLAGE = 60


@dataclass(frozen=True)
class Entry:
    """One person as they are put on a roster; the telephone may be empty."""

    name: str
    id_number: str
    phone: str = ""


def open_roster(user: User, office: int, village: str, at: datetime) -> VillageRoster:
    """A new, empty roster of a village. Raises NotFound for an office that is not theirs, Conflict for a second one."""
    name = " ".join(village.split())
    mine = next((one for one in access.offices_of(user, at) if one.pk == office), None)
    if mine is None:
        raise NotFound()
    if not name or len(name) > LONGEST_VILLAGE:
        raise Invalid(errors={"village": _("请填写村（社区）的名称，不超过60个字。")})
    if access.rosters_of(user, at).count() >= MOST_ROSTERS:
        raise Conflict(_("一个人最多管%(most)s本名册。") % {"most": MOST_ROSTERS}, code="too_many")
    try:
        with transaction.atomic():
            roster = VillageRoster.objects.create(office=mine, keeper=user, village=name, created_at=at)
    except IntegrityError as error:
        raise Conflict(_("这个村（社区）的名册已经有了。"), code="roster_there") from error
    record("village.opened", roster, user, at)
    return roster


def add(user: User, pk: int, entry: Entry, at: datetime) -> Villager:
    """Put a person on a roster. Raises NotFound, Invalid naming what is wrong, Conflict for who is on it."""
    with transaction.atomic():
        roster = locked(user, pk, at)
        villager = put_on(user, roster, entry, at)
        record("village.added", roster, user, at, villager=str(villager.public_id))
    return villager


def put_on(user: User, roster: VillageRoster, entry: Entry, at: datetime) -> Villager:
    """One row of a roster that the caller has locked. Raises Invalid."""
    phone = phone_in(entry.phone)
    person = person_named(entry.name, entry.id_number)
    there = access.villagers_of(roster)
    if there.filter(person=person).exists():
        raise Invalid(errors={"id_number": _("这个人已经在名册上。")}, code="there")
    if there.count() >= MOST_VILLAGERS:
        raise Invalid(_("一本名册最多%(most)s人。") % {"most": MOST_VILLAGERS}, code="too_many")
    villager = Villager(public_id=uuid.uuid4(), roster=roster, person=person, added_by=user, added_at=at)
    if phone:
        villager.phone = vault.encrypt(person.data_key, phone, _context(villager))
    villager.save()
    return villager


def phone_in(text: str) -> str:
    """A telephone as it is kept; "" where none was given. Raises Invalid."""
    if not text.strip():
        return ""
    try:
        return check_phone(text)
    except IdentityError as error:
        raise Invalid(errors={"phone": str(error.message)}, code="phone") from error


def remove(user: User, public_id: uuid.UUID, at: datetime) -> None:
    """Take a person off the roster; what was agreed and begun stays as it is. Raises NotFound."""
    villager = access.villager_of(user, public_id, at)
    with transaction.atomic():
        roster = locked(user, villager.roster_id, at)
        rows = Villager.objects.filter(pk=villager.pk, removed_at__isnull=True)
        if rows.update(removed_at=at, removed_by=user):
            record("village.removed", roster, user, at, villager=str(villager.public_id))


def phone_of(villager: Villager) -> str:
    """The telephone in clear; "" where there is none. The caller records the reading."""
    if not villager.phone:
        return ""
    return vault.decrypt(villager.person.data_key, bytes(villager.phone), _context(villager))


def record(action: str, roster: VillageRoster, by: User, at: datetime, **data: object) -> None:
    """Append an event to the story of a roster; codes and counts only."""
    told = {"roster": roster.pk, "office": roster.office_id}
    chain.append(f"village:{roster.pk}", action, actor=by.username, at=at, data={**told, **data})


def locked(user: User, pk: int, at: datetime) -> VillageRoster:
    """The user's roster, locked until the caller's transaction ends. Raises NotFound."""
    return one_of(access.rosters_of(user, at).select_for_update(of=("self",), no_key=True), pk=pk)


def _context(villager: Villager) -> str:
    return f"villager:{villager.public_id}:phone"
