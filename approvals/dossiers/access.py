"""Who may work with dossiers: the case officials of the office whose dossier it is."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from applications import door
from approvals.models import Dossier
from people.finding import one_of
from people.models import Office, Post, User
from people.posts import in_force, posts_of
from people.roles import CASE_ROLES

# Who answers for an office's batch; a clerk may put it together, not seal it.
SEALERS = frozenset({"reviewer", "approver"})


def offices_of(user: User, at: datetime) -> list[Office]:
    """The offices at which the user may open a dossier: where somebody could seal it, so that none is left open."""
    mine = {post.office_id for post in posts_of(user, at) if post.role in CASE_ROLES}
    sealing = Post.objects.filter(in_force(timezone.localdate(at)), role__in=SEALERS, office__in=mine)
    sealed = sealing.exclude(user=user).values("office")
    return list(Office.objects.filter(pk__in=sealed).select_related("division").order_by("pk"))


def dossiers_seen(user: User, at: datetime) -> QuerySet[Dossier]:
    """The dossiers of the user's offices."""
    offices = {post.office_id for post in posts_of(user, at) if post.role in CASE_ROLES}
    related = ("office__division", "division", "school", "opened_by", "sealed_by", "paper", "data_key")
    return Dossier.objects.filter(office__in=offices).select_related(*related)


def dossier_for(user: User, pk: int, at: datetime) -> Dossier:
    """One dossier. Raises NotFound for one of another office."""
    return one_of(dossiers_seen(user, at), pk=pk)


def is_opener(user: User, dossier: Dossier) -> bool:
    """Whether the user opened the dossier, under whichever account."""
    return door.identity_of(user) == door.identity_of(dossier.opened_by)


def may_seal(user: User, dossier: Dossier, at: datetime) -> bool:
    """Whether it is for this user to seal the dossier: a reviewer or approver of the office who did not open it."""
    held = Q(role__in=SEALERS, office=dossier.office_id) & in_force(timezone.localdate(at))
    return not is_opener(user, dossier) and user.is_active and user.posts.filter(held).exists()
