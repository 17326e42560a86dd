"""Locks 锁定: too many wrong passwords for one name close it for a time, whether or not it is an account.

Counting is allauth's, by name and by address, in the cache. A name that is no account is locked exactly as one that is,
so a lock tells nobody whether there is an account; only for accounts is there a row and somebody who may lift it.
"""

from datetime import datetime, timedelta

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from people import vault
from people.models import SignInLock, User
from project.sign_in import records

APP, ACTION = "allauth.account", "login_failed"


def is_locked(name: str) -> bool:
    """Whether nobody may try a password for this name now."""
    in_force = SignInLock.objects.filter(until__gt=timezone.now(), lifted_at__isnull=True, user__username__iexact=name)
    return bool(cache.get(_key(name))) | in_force.exists()


def failed(request: HttpRequest, name: str, counted_as: str) -> None:
    """A wrong password: on record; the last one allowed locks. `counted_as`: the key under which allauth counts."""
    at, user = timezone.now(), User.objects.filter(username__iexact=name).first()
    locks = is_last_allowed(request, counted_as)
    with transaction.atomic():
        _record(user, "signin.failed", at)
        if locks:
            _lock(name, user, at)


def is_last_allowed(request: HttpRequest, counted_as: str) -> bool:
    """Whether the attempt just counted was the last that the rate by name allows."""
    rate = _rate()
    key = ratelimit.get_cache_key(request, app=APP, action=ACTION, rate=rate, key=counted_as)
    return len(cache.get(key, [])) >= rate.amount


def lift(request: HttpRequest, user: User, counted_as: str) -> None:
    """Forget the failures counted for an account and open its name again; the caller writes the rows."""
    cache.delete(_key(user.username))
    ratelimit.clear(request, app=APP, action=ACTION, key=counted_as)


def lock_of(user: User, at: datetime) -> SignInLock | None:
    """The lock in force on an account, the newest."""
    return user.locks.filter(until__gt=at, lifted_at__isnull=True).first()


def _lock(name: str, user: User | None, at: datetime) -> None:
    span = timedelta(seconds=_rate().duration)
    cache.set(_key(name), True, timeout=span.total_seconds())
    if user is not None:
        SignInLock.objects.create(user=user, locked_at=at, until=at + span)
    _record(user, "signin.locked", at)


def _record(user: User | None, action: str, at: datetime) -> None:
    if user is None:
        records.record_nobody(action, at)
    else:
        records.record(user, action, at)


def _rate() -> ratelimit.Rate:
    """The rate by name: so many failures in so many seconds."""
    rates = ratelimit.parse_rates(app_settings.RATE_LIMITS[ACTION])
    return next(rate for rate in rates if rate.per == "key")


def _key(name: str) -> str:
    return f"sign-in-locked:{vault.blind_index('account_name', name)}"
