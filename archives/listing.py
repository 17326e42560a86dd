"""The lists of files: pages by key, found by number, by the beginning of a name, or by the keyed hash of an ID."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from applications.models import Application
from archives import access, closing
from archives.models import Volume
from people.identity import IdentityError, normalise_name, normalise_organisation
from people.models import HouseholdMember, Person, User

PAGE_SIZE = 25
MOST_WAITING = 100


@dataclass(frozen=True)
class Page:
    """One page of files, the newest first; `before` leads to the next one, 0 where there is none."""

    volumes: list[Volume]
    before: int = 0


def page(user: User, at: datetime, search: str = "", person: str = "", before: int = 0) -> Page:
    """A page of the files of the user's offices. `person` is the keyed hash of a citizen ID."""
    found = access.volumes_of(user, at).filter(_matching(search, person)).order_by("-pk")
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    return Page(shown, shown[-1].pk if len(rows) > PAGE_SIZE else 0)


def waiting(user: User, at: datetime) -> QuerySet[Application]:
    """Closed cases that belong into the files of the user's offices and lie in none yet, the longest closed first."""
    mine = closing.unfiled(at).filter(keeper__in=[office.pk for office in access.offices_of(user, at)])
    return mine.select_related("subject", "organisation", "scheme_version").order_by("closing", "pk")


def _matching(search: str, person: str) -> Q:
    found = _worded(search) if search else Q()
    return found & _of_person(person) if person else found


def _of_person(index: str) -> Q:
    """The person is looked up first: a file of theirs, or of a household they are or were in."""
    known = Person.objects.filter(id_index=index).values_list("pk", flat=True).first()
    if known is None:
        return Q(pk=None)
    return Q(person=known) | Q(household__in=HouseholdMember.objects.filter(person=known).values("household"))


def _worded(text: str) -> Q:
    """Files whose number, party's name or organisation's code begins with a text."""
    run = "".join(text.split())
    found = Q(number__startswith=run) | Q(name__startswith=normalise_organisation(text))
    if run.isascii():
        found |= Q(organisation__uscc__startswith=run.upper())
    try:
        return found | Q(name__startswith=normalise_name(text))
    except IdentityError:
        return found
