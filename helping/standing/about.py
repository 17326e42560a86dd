"""Whose case a case is that somebody filed for somebody else: one answer for what helpers see and do, and taking over.

A case that follows from another (its next period, its stop or recovery, the household's way back) names no mandate of
its own; neither does a case filed before mandates were kept. Their person is found by the case, and the mandates asked
are those between that person and whoever filed.
"""

from collections.abc import Iterable

from django.db.models import Expression, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from applications.models import Application
from helping.models import HelpedCase, Mandate
from helping.standing import asking
from people.models import Person, Post

# A filed case is about its subject; a draft about whom its mandate names, or whom the case it follows from is about.
PLACES = ("subject", "helped__mandate__person", "continues__subject", "follows__previous__subject")


def person_of(application: Application) -> int | None:
    """The key of the person a case is about; None for a draft that names nobody yet."""
    return Application.objects.filter(pk=application.pk).values_list(Coalesce(*PLACES), flat=True).get()


def persons_of(applications: Iterable[Application]) -> dict[int, int | None]:
    """The same of many cases, by key."""
    rows = Application.objects.filter(pk__in=[one.pk for one in applications])
    return dict(rows.values_list("pk", Coalesce(*PLACES)))


def person_outside() -> Expression:
    """The same inside a subquery of applications."""
    return Coalesce(*(OuterRef(place) for place in PLACES))


def filed_for(person: Person) -> QuerySet[Application]:
    """The cases others filed or began for a person, and still have."""
    found = Application.objects.filter(pk__in=_keys(person), for_other=True, by_organisation=False)
    return found.alias(about=Coalesce(*PLACES)).filter(about=person.pk)


def ever_for(person: Person) -> QuerySet[Application]:
    """Those, and the ones the person has taken over since."""
    helped = HelpedCase.objects.filter(mandate__person=person).values("application")
    return Application.objects.filter(Q(pk__in=filed_for(person).values("pk")) | Q(pk__in=helped))


def under(mandate: Mandate) -> QuerySet[Application]:
    """The cases that name a mandate, and those the same helper (or who worked at the office) filed for the person."""
    there = Post.objects.filter(office=mandate.office_id, role__in=asking.HELPING_ROLES).values("user")
    by_them = Q(filed_by=mandate.helper_id) if mandate.helper_id else Q(filed_by__in=there)
    others = filed_for(mandate.person).filter(by_them).values("pk")
    return Application.objects.filter(Q(helped__mandate=mandate) | Q(pk__in=others))


def mandate_of(application: Application) -> Mandate | None:
    """The mandate a case names, else the latest its person gave to whoever filed it for them."""
    related = Mandate.objects.select_related("helper", "office", "person")
    named = related.filter(cases__application=application).first()
    if named is not None or not application.for_other or application.by_organisation:
        return named
    given = asking.ever_of(application.filed_by).filter(person=person_of(application))
    return related.filter(pk__in=given.values("pk")).order_by("-pk").first()


def _keys(person: Person) -> set[int]:
    """Every case the person may be found by; few, and each found by an index."""
    keys = set(Application.objects.filter(subject=person, for_other=True).values_list("pk", flat=True))
    keys |= set(HelpedCase.objects.filter(mandate__person=person).values_list("application", flat=True))
    earlier = Application.objects.filter(subject=person, for_other=True).order_by()
    following = Q(continues__in=earlier) | Q(follows__previous__in=earlier)
    return keys | set(Application.objects.filter(following, subject__isnull=True).values_list("pk", flat=True))
