"""How often a thing may be done: counted by a visitor's address, or by a name, neither of which is kept."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from people import vault


def allowed(request: HttpRequest, act: str, most: int, seconds: int) -> bool:
    """Count one more `act` of this visitor; whether no more than `most` fall into the present span of seconds."""
    return _counted(act, vault.blind_index("address", address_of(request)), most, seconds)


def allowed_for(act: str, name: str, most: int, seconds: int) -> bool:
    """As `allowed`, but for whatever `name` stands for, whoever asks."""
    return _counted(act, vault.blind_index("counted_name", name), most, seconds)


def _counted(act: str, who: str, most: int, seconds: int) -> bool:
    key = f"{act}:{who}:{int(time.time() // seconds)}"
    with _alone():
        count = cache.get(key, 0) + 1
        cache.set(key, count, timeout=2 * seconds)
    return count <= most


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time counts, of all processes that share the cache.

    The cache is files, beside which the lock lies: neither its `add` nor its `incr` is one step there, and `incr` would
    let the counter end after the cache's usual minutes.
    """
    with (settings.VAR_DIR / "throttle.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def side_of(request: HttpRequest) -> str:
    """From where a visitor asks: the address, of an IPv6 one the part that belongs to one connection (its /64)."""
    address = address_of(request)
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{known}/64", strict=False)) if isinstance(known, IPv6Address) else address


def address_of(request: HttpRequest) -> str:
    """The visitor's address; behind our proxy it is the last one the proxy wrote down."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
