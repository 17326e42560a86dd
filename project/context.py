"""What every page needs besides its own content."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from project.navigation import APPLICANT, audiences_of, links_for
from project.preferences import ELDER_SIZES, elder_size
from project.sign_in.identity import PROVIDER
from project.sign_in.sessions import seconds_left


def site(request: HttpRequest) -> dict:
    """``nav`` (``url``, ``label``, ``current`` each), ``house``, ``demo``, ``practice``, ``elder`` (0–3), and the
    address of the practice site, the ``help_phone``, ``session_ends`` and the ``identity_service``.

    ``house`` is house-official for whoever holds a post, else house-applicant; a view may pass its own. The database is
    asked once, and only when a page shows one of the two.
    """
    audiences = cache(lambda: audiences_of(request.user))
    return {
        "nav": SimpleLazyObject(lambda: links_for(audiences(), request.path)),
        "house": SimpleLazyObject(lambda: "house-applicant" if APPLICANT in audiences() else "house-official"),
        "demo": settings.DEMO,
        "practice": settings.PRACTICE,
        "practice_url": settings.PRACTICE_URL,
        "elder": elder_size(request),
        "elder_sizes": ELDER_SIZES,
        "help_phone": settings.HELP_PHONE,
        "session_ends": SimpleLazyObject(lambda: _ends(request)),
        "identity_service": _identity(),
    }


def _ends(request: HttpRequest) -> dict[str, int]:
    """Seconds until the sign-in ends: ``idle``, ``age``; empty for whoever is not signed in."""
    if not request.user.is_authenticated:
        return {}
    idle, age = seconds_left(request.session, timezone.now())
    return {"idle": idle, "age": age}


def _identity() -> dict[str, str]:
    """``name`` and ``url`` of the province's identity service; empty where none is set up."""
    if not settings.OIDC_SERVER_URL:
        return {}
    url = reverse("openid_connect_login", args=[PROVIDER])
    return {"name": settings.OIDC_NAME, "url": url}
