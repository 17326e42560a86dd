"""Permissions on offices: the only file that calls guardian."""

from collections.abc import Iterable

from django.db.models import QuerySet
from guardian.models import UserObjectPermission
from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm

from people.models import Office, Post, User
from people.roles import ROLE_PERMISSIONS


def grant(post: Post) -> None:
    """Give the post's user what the role carries, on the post's office alone."""
    for permission in sorted(ROLE_PERMISSIONS[post.role]):
        assign_perm(permission, post.user, post.office)


def withdraw(post: Post) -> None:
    """Take back what the post gave, except what another post of the user at that office still carries."""
    others = Post.objects.filter(user=post.user, office=post.office, withdrawn=False).exclude(pk=post.pk)
    kept = frozenset().union(*(ROLE_PERMISSIONS[other.role] for other in others))
    for permission in sorted(ROLE_PERMISSIONS[post.role] - kept):
        remove_perm(permission, post.user, post.office)


def offices_where(user: User, permission: str) -> QuerySet[Office]:
    """Offices on which the user holds a permission; global permissions count for nothing."""
    return get_objects_for_user(
        user, f"people.{permission}", Office, accept_global_perms=False, with_superuser=False, use_groups=False
    )


def may(user: User, permission: str, office: Office) -> bool:
    """Whether the user holds a permission on an office."""
    return user.is_active and offices_where(user, permission).filter(pk=office.pk).exists()


def holders(permission: str, offices: Iterable[Office]) -> set[tuple[int, int]]:
    """Who holds a permission on which of these offices, as (user, office), in one statement: `may` for many.

    Whether a user is active is for the caller to ask.
    """
    held = UserObjectPermission.objects.filter(
        permission__codename=permission,
        permission__content_type__app_label="people",
        content_type__model="office",
        object_pk__in=[str(office.pk) for office in offices],
    )
    return {(user, int(office)) for user, office in held.values_list("user", "object_pk")}
