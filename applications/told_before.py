"""What was answered to 「看看我能办什么」, kept by the visitor's own browser: encrypted, for half an hour.

Nothing is stored here, and nothing stands in an address or a log. So a change of language or of the size of text, the
way back of the browser and a guide that is opened from the result find the answers again.
"""

import base64
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE, PATH = "zhida_find", "/apply/"
LASTS_SECONDS = 30 * 60
# What a browser keeps of one cookie is 4096 bytes, with its name and attributes.
LARGEST = 3600
Typed = dict[str, list[str]]


def read(request: HttpRequest) -> Typed:
    """What was answered so far, as it was typed; nothing after half an hour, and of what we did not write."""
    sealed = request.COOKIES.get(COOKIE, "")
    try:
        found: Typed = json.loads(_cipher().decrypt(sealed.encode(), ttl=LASTS_SECONDS))
    except InvalidToken:
        return {}
    return found


def keep(response: HttpResponse, typed: Mapping[str, list[str]]) -> None:
    """Have the browser keep the answers from now on for half an hour."""
    sealed = _cipher().encrypt(json.dumps(typed, ensure_ascii=False, separators=(",", ":")).encode()).decode()
    if len(sealed) > LARGEST:
        return
    response.set_cookie(
        COOKIE,
        sealed,
        max_age=LASTS_SECONDS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Have the browser drop them."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def _cipher() -> Fernet:
    """A key of its own, drawn from the site's secret: whoever reads one cookie kind opens no other."""
    return Fernet(base64.urlsafe_b64encode(salted_hmac("applications.told_before", "", algorithm="sha256").digest()))
