"""How often one visitor may do a thing: counted by address, without keeping the address."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from people import vault


def allowed(request: HttpRequest, act: str, most: int, seconds: int) -> bool:
    """Count one more `act` of this visitor; whether no more than `most` fall into the present span of seconds."""
    key = f"{act}:{vault.blind_index('address', address_of(request))}:{int(time.time() // seconds)}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, timeout=2 * seconds)
    return count <= most


def address_of(request: HttpRequest) -> str:
    """The visitor's address; behind our proxy it is the last one the proxy wrote down."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
