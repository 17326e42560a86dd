"""What every page needs besides its own content."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from project.navigation import APPLICANT, audiences_of, links_for
from project.preferences import ELDER_SIZES, elder_size


def site(request: HttpRequest) -> dict:
    """``nav`` (``url``, ``label``, ``current`` each), ``house``, ``demo``, ``practice``, ``elder`` (0–3), and the
    address of the practice site and the ``help_phone``.

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
    }
