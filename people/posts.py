"""Posts in force: who may act for which office on a day."""

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from people import grants
from people.models import Office, Post, User


def in_force(on: date) -> Q:
    """The condition that a post is in force on a day."""
    return Q(starts__lte=on) & (Q(ends__isnull=True) | Q(ends__gte=on))


def posts_of(user: User, at: datetime | None = None) -> list[Post]:
    """The user's posts in force, with office and division; none for a deactivated user."""
    if not user.is_authenticated or not user.is_active:
        return []
    day = timezone.localdate(at)
    return list(user.posts.filter(in_force(day)).select_related("office__division"))


def roles_of(user: User) -> set[str]:
    """The roles the user holds anywhere today."""
    return {post.role for post in posts_of(user)}


def holds(user: User, role: str, office: Office, permission: str, at: datetime) -> bool:
    """Whether the user holds the role at the office then, and the permission that goes with it."""
    held = user.posts.filter(in_force(timezone.localdate(at)), role=role, office=office).exists()
    return held and grants.may(user, permission, office)


def appoint(user: User, office: Office, role: str, starts: date) -> Post:
    """Put a user on a post and grant what it carries; repeating it changes nothing.

    A post that was ended and began on the same day is taken up again.
    """
    held = Post.objects.filter(user=user, office=office, role=role, ends=None).first()
    if held is not None:
        return held
    anew = {"ends": None, "withdrawn": False}
    post, _created = Post.objects.update_or_create(user=user, office=office, role=role, starts=starts, defaults=anew)
    grants.grant(post)
    return post


def dismiss(post: Post, ends: date) -> None:
    """End a post now: its last day was `ends`, its permissions are withdrawn."""
    post.ends, post.withdrawn = ends, True
    post.save(update_fields=["ends", "withdrawn"])
    grants.withdraw(post)
