"""Whether somebody may help somebody on a day: the mandates in force, and who stands behind an office."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from helping.models import Mandate, MandateEnd
from helping.standing.scopes import EVERYTHING
from people.models import Office, Person, Post, User
from people.posts import in_force as posts_in_force
from people.posts import posts_of

# Who helps people in the name of their office: clerks of villages do nothing else.
HELPING_ROLES = frozenset({"clerk", "village_clerk"})


def bodies_of(user: User, at: datetime) -> list[Office]:
    """The offices in whose name the user helps people, by their own posts; a lent post lends no consent."""
    return list({post.office_id: post.office for post in posts_of(user, at) if post.role in HELPING_ROLES}.values())


def in_force(at: datetime) -> QuerySet[Mandate]:
    """The mandates under which something may be done then."""
    day = timezone.localdate(at)
    begun = Mandate.objects.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day)
    return begun.exclude(Exists(MandateEnd.objects.filter(mandate=OuterRef("pk"))))


def held_by(user: User, at: datetime) -> Q:
    """The condition that a mandate is this user's then: their own, or their office's while they work there."""
    held = Post.objects.filter(posts_in_force(timezone.localdate(at)), user=user, role__in=HELPING_ROLES)
    offices = held.values("office")
    own = Q(helper=user) & (Q(office__isnull=True) | Q(office__in=offices))
    return own | Q(helper__isnull=True, office__in=offices)


def ever_of(user: User) -> QuerySet[Mandate]:
    """The mandates that are or once were this user's, whether they still hold or not."""
    offices = Post.objects.filter(user=user, role__in=HELPING_ROLES).values("office")
    return Mandate.objects.filter(Q(helper=user) | Q(helper__isnull=True, office__in=offices))


def mandates(user: User, at: datetime) -> QuerySet[Mandate]:
    """Under which the user may help somebody then."""
    return in_force(at).filter(held_by(user, at))


def mandate_for(user: User, person: Person, at: datetime, scope: str = "") -> Mandate | None:
    """The latest mandate that lets the user act for the person then, in this scope or ("") in any."""
    if scope and scope not in EVERYTHING:
        raise ValueError(f"no such scope: {scope}")
    found = mandates(user, at).filter(person=person)
    if scope:
        found = found.filter(**{f"may_{scope}": True})
    return found.order_by("-pk").first()


def may_help(user: User, person: Person, at: datetime, scope: str = "") -> bool:
    """Whether the user may act for the person then, in this scope or ("") in any."""
    return mandate_for(user, person, at, scope) is not None


def stopped(helper: User | None, office: Office | None, person: Person, by: User, at: datetime) -> bool:
    """Whether the person once told this helper, or this office, to stop. `by` enters the new mandate."""
    return stops_of(helper, office, by, at).filter(mandate__person=person).exists()


def stops_of(helper: User | None, office: Office | None, by: User, at: datetime) -> QuerySet[MandateEnd]:
    """The ends by which people told this helper, or this office, to stop. `by` enters a new mandate.

    An office that was told to stop as a whole and whoever works there are one: neither goes on as the other.
    """
    told = Q(mandate__helper=helper or by)
    told |= Q(mandate__helper__isnull=True, mandate__office__in=[*(bodies_of(helper, at) if helper else ()), office])
    return MandateEnd.objects.filter(told).exclude(by=MandateEnd.By.HELPER)
