"""How pages are to look for an account: kept with it, and known to its session from the moment somebody signs in."""

from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest

from people.models import LookPreference, User

SIZES = range(4)  # 0 is off, 3 the largest text of elder mode
KEY = "elder"


def keep(user: User, size: int, at: datetime) -> None:
    """Keep the size of elder mode with the account, from now on. Raises ValueError for a size there is not."""
    if size not in SIZES:
        raise ValueError(size)
    LookPreference.objects.update_or_create(user=user, defaults={"elder_size": size, "changed_at": at})


def size_of(user: User) -> int | None:
    """The size kept with the account; None where its owner never chose one."""
    return LookPreference.objects.filter(user=user).values_list("elder_size", flat=True).first()


def remember(session: SessionBase, size: int) -> None:
    """Pages of this session look so from now on."""
    session[KEY] = size


def remembered(session: SessionBase | None) -> int | None:
    """How pages of this session are to look; None where nothing was chosen."""
    return session.get(KEY) if session is not None else None


@receiver(user_logged_in)
def look_as_before(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """On whatever device somebody signs in, pages look as they chose before."""
    size = size_of(user)
    if size is not None:
        remember(request.session, size)
