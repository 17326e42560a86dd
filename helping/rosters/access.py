"""Whose roster it is: the clerk who keeps it, as long as they work at its office. Nobody else sees it."""

import uuid
from datetime import datetime

from django.db.models import Q, QuerySet

from helping.models import Villager, VillageRoster
from helping.standing import asking
from people.finding import one_of
from people.models import Office, User

# Villages and communities belong to a township or a street office.
KEEPING = frozenset({Office.Function.TOWNSHIP})
LISTED = Q(removed_at__isnull=True, person__data_key__destroyed_at__isnull=True)


def offices_of(user: User, at: datetime) -> list[Office]:
    """The offices at which the user may keep rosters."""
    return [office for office in asking.bodies_of(user, at) if office.function in KEEPING]


def rosters_of(user: User, at: datetime) -> QuerySet[VillageRoster]:
    """The user's rosters, by village."""
    offices = [office.pk for office in offices_of(user, at)]
    return VillageRoster.objects.filter(keeper=user, office__in=offices).select_related("office__division")


def roster_of(user: User, pk: int, at: datetime) -> VillageRoster:
    """One of them. Raises NotFound."""
    return one_of(rosters_of(user, at), pk=pk)


def villagers_of(roster: VillageRoster) -> QuerySet[Villager]:
    """Whom it lists today; not those whose data were erased."""
    return roster.villagers.filter(LISTED).select_related("person__data_key").order_by("pk")


def villager_of(user: User, public_id: uuid.UUID, at: datetime) -> Villager:
    """One person of the user's rosters. Raises NotFound."""
    rows = Villager.objects.select_related("person__data_key", "roster__office__division")
    mine = rows.filter(LISTED, roster__in=rosters_of(user, at))
    return one_of(mine, public_id=public_id)
