"""Posts in force: who may act for which office on a day, and as whom."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people import grants
from people.models import Delegation, Office, Post, Side, User
from people.models.sides import STEP, kind_of
from people.refusals import Refused
from people.remembering import once


def in_force(on: date) -> Q:
    """The condition that a post is in force on a day; one that was ended early no longer is."""
    return Q(starts__lte=on, withdrawn=False) & (Q(ends__isnull=True) | Q(ends__gte=on))


def posts_of(user: User, at: datetime | None = None) -> list[Post]:
    """The user's posts in force, with office and division; none for a deactivated user."""
    if not user.is_authenticated or not user.is_active:
        return []
    day = timezone.localdate(at)
    held = user.posts.filter(in_force(day)).select_related("office__division")
    return list(once(("posts", user.pk, day), lambda: tuple(held)))


def roles_of(user: User) -> set[str]:
    """The roles the user holds anywhere today, their own or by delegation."""
    return {standing.post.role for standing in standings_of(user)}


def holds(user: User, role: str, office: Office, permission: str, at: datetime) -> bool:
    """Whether the user's own posts give them the role at the office then, and the permission that goes with it."""
    held = user.posts.filter(in_force(timezone.localdate(at)), role=role, office=office).exists()
    return held and grants.may(user, permission, office)


@dataclass(frozen=True)
class Standing:
    """As what a user acts: on their own post (`for_user` None), or for the holder of a post lent to them 代理.

    `schemes`: the codes a delegation is limited to; None for all.
    """

    post: Post
    for_user: User | None = None
    schemes: frozenset[str] | None = None
    delegation: Delegation | None = None

    def covers(self, scheme: str) -> bool:
        """Whether one may act in cases of this scheme."""
        return self.schemes is None or scheme in self.schemes


def standings_of(user: User, at: datetime | None = None) -> list[Standing]:
    """Everything the user may act as then: own posts first, then posts lent to them; none for a deactivated user."""
    own = [Standing(post) for post in posts_of(user, at)]
    return own + [_lent(delegation) for delegation in delegations_to(user, timezone.localdate(at))]


def standings(user: User, role: str, office: Office, permission: str, at: datetime, scheme: str = "") -> list[Standing]:
    """All that let the user act in a role at an office in a scheme, own posts first.

    The permission is asked of the holder of the post: what was taken from them, nobody has from them.
    """
    found = [one for one in standings_of(user, at) if one.post.role == role and one.post.office_id == office.pk]
    return [one for one in found if one.covers(scheme) and grants.may(one.post.user, permission, office)]


def standing(user: User, role: str, office: Office, permission: str, at: datetime, scheme: str = "") -> Standing | None:
    """The first of them: the user's own post where there is one, else a delegation; None when there is neither."""
    return next(iter(standings(user, role, office, permission, at, scheme)), None)


def delegations_to(user: User, on: date) -> list[Delegation]:
    """The delegations in force that the user holds: not revoked, the post still its lender's, the lender active."""
    if not user.is_authenticated or not user.is_active:
        return []
    return list(once(("delegations", user.pk, on), lambda: tuple(_delegations(user, on))))


def _delegations(user: User, on: date) -> QuerySet[Delegation]:
    """To most users nobody lends anything: that is asked first, because it is asked for every page and each act."""
    lent = Delegation.objects.filter(to=user, starts__lte=on, ends__gte=on, revoked_at__isnull=True)
    if not lent.exists():
        return lent.none()
    still = Q(post__starts__lte=on, post__withdrawn=False) & (Q(post__ends__isnull=True) | Q(post__ends__gte=on))
    related = ("post__user", "post__office__division")
    return lent.filter(still, lender__is_active=True).select_related(*related).order_by("pk")


def _lent(delegation: Delegation) -> Standing:
    return Standing(delegation.post, delegation.post.user, frozenset(delegation.schemes) or None, delegation)


def appoint(user: User, office: Office, role: str, starts: date, ends: date | None = None) -> Post:
    """Put a user on a post and grant what it carries; repeating it changes nothing.

    A post that was ended and began on the same day is taken up again. Raises Refused when the user holds a post that
    does not go together with this one.
    """
    with transaction.atomic():
        _take_side(user, role)
        held = Post.objects.filter(user=user, office=office, role=role, ends=None, withdrawn=False).first()
        if held is not None:
            return held
        anew = {"ends": ends, "withdrawn": False}
        post, _created = Post.objects.update_or_create(
            user=user, office=office, role=role, starts=starts, defaults=anew
        )
        grants.grant(post)
    return post


def _take_side(user: User, role: str) -> None:
    """Cases, money and policy on one side; audit, accounts and the system on three others: nobody stands on two."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    side = Side.objects.filter(user=user).first()
    if side is not None and side.kind != kind_of(role):
        if side.posts.exists():
            raise Refused(
                _(
                    "系统管理、安全管理、审计三种岗位互不兼任，也不能和办案、资金、政策岗位兼任。请先结束其现有岗位，或另选他人。"
                ),
                code="sides",
            )
        side.delete()
        side = None
    if side is None:
        Side.objects.create(number=user.pk * STEP + kind_of(role), user=user, kind=kind_of(role))


def dismiss(post: Post, ends: date) -> None:
    """End a post now: its last day was `ends`, its permissions are withdrawn at once."""
    post.ends, post.withdrawn = max(ends, post.starts), True
    post.save(update_fields=["ends", "withdrawn"])
    grants.withdraw(post)
