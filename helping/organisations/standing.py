"""Whether somebody may act for an organisation on a day: letters that were confirmed, run, and were not ended."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from helping.models import OrganisationLetter
from people.models import Organisation, User


def confirmed() -> QuerySet[OrganisationLetter]:
    """The letters an office has confirmed, whether they still hold or not."""
    return OrganisationLetter.objects.filter(ruling__confirmed=True)


def waiting() -> QuerySet[OrganisationLetter]:
    """The letters no office has had its word on, and their holders have not withdrawn."""
    return OrganisationLetter.objects.filter(ruling__isnull=True, end__isnull=True)


def in_force(at: datetime) -> QuerySet[OrganisationLetter]:
    """The letters under which something may be done then."""
    day = timezone.localdate(at)
    return confirmed().filter(Q(starts__lte=day, ends__gte=day), end__isnull=True)


def may_act(user: User, organisation: Organisation | int, at: datetime) -> bool:
    """Whether the user may act for the organisation then."""
    return in_force(at).filter(holder=user, organisation=organisation).exists()


def letters_of(user: User, at: datetime) -> QuerySet[OrganisationLetter]:
    """What a user sees of who acts for organisations: their own letters, and all of those they may act for now."""
    mine = in_force(at).filter(holder=user).values("organisation")
    found = OrganisationLetter.objects.filter(Q(holder=user) | Q(organisation__in=mine, ruling__confirmed=True))
    return related(found).order_by("organisation__name", "organisation", "-pk")


def related(letters: QuerySet[OrganisationLetter]) -> QuerySet[OrganisationLetter]:
    """With what pages tell of each."""
    return letters.select_related("organisation__data_key", "holder__person", "ruling", "end")
