"""A village's roster of the demonstration: some who agreed, with drafts, and some who were not asked yet."""

from datetime import datetime

from django.utils import timezone

from helping.models import Villager, VillageRoster
from helping.paper_forms import making
from helping.rosters import access, keeping, starting
from helping.standing import Terms, record_consent
from people.models import User
from people.synthetic import synthetic_person
from project.demo.directory import MENGZI

VILLAGE, PEOPLE, AGREED = "示范村", 5, 3
SCHEME = "employment-hardship-recognition"
# Invented people whom no other story of the demonstration tells of.
FIRST = 90_000


def build(users: dict[str, User], at: datetime) -> None:
    """A roster of the township's clerk and one of a village clerk; nothing where there is one already."""
    for place, name in enumerate(("township", "village-clerk")):
        if not VillageRoster.objects.filter(keeper=users[name]).exists():
            _roster(users[name], FIRST + place * PEOPLE, at)


def _roster(clerk: User, first: int, at: datetime) -> None:
    office = access.offices_of(clerk, at)[0]
    roster = keeping.open_roster(clerk, office.pk, VILLAGE, at)
    for number in range(PEOPLE):
        person = synthetic_person(first + number, MENGZI, (1955, 1995))
        entry = keeping.Entry(person.name, person.id_number, person.phone)
        villager = keeping.add(clerk, roster.pk, entry, at)
        if number < AGREED:
            how = "在本人家中逐句读给本人听，本人点头同意。"
            terms = Terms(kind="village", way="oral", helper=clerk, office=office, witness="见证人甲", how=how)
            record_consent(clerk, villager.person, terms, at)
        if number == 0:
            _draft(clerk, villager, at)


def _draft(clerk: User, villager: Villager, at: datetime) -> None:
    """An application with a printed form; none where nothing is open there today."""
    if SCHEME in {one.code for one in starting.schemes_for(villager, timezone.localdate(at))}:
        draft = starting.begin(clerk, villager.public_id, SCHEME, at)
        making.make(clerk, draft.public_id, at)
