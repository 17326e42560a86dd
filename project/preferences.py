"""What a visitor chooses once and the site remembers: elder mode 长者模式. Django's set_language keeps the language.

A cookie remembers it on the device; for whoever is signed in the account does, on every device.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from people import looks

ELDER_COOKIE = "zhida_elder"
OFF = "0"
ELDER_SIZES = ((1, _("大")), (2, _("更大")), (3, _("最大")))
CHOICES = {OFF, *(str(size) for size, name in ELDER_SIZES)}
ONE_YEAR = 365 * 24 * 60 * 60


def elder_size(request: HttpRequest) -> int:
    """0 when elder mode is off, else the chosen size of text: 1 large, 2 larger, 3 largest.

    What the account keeps comes before what the device remembers: several people may share one.
    """
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    own = looks.remembered(getattr(request, "session", None)) if signed_in else None
    if own is not None:
        return own
    chosen = request.COOKIES.get(ELDER_COOKIE, OFF)
    return int(chosen) if chosen in CHOICES else 0


def _way_back(request: HttpRequest) -> str:
    """The page the visitor came from, when it is a page of this site; else the home page."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else "/"


def choose_elder_size(request: HttpRequest, response: HttpResponse, size: int) -> None:
    """Remember a size on the device and, for whoever is signed in, with the account."""
    response.set_cookie(
        ELDER_COOKIE, str(size), max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    if request.user.is_authenticated:
        looks.keep(request.user, size, timezone.now())
        looks.remember(request.session, size)


@require_POST
def elder_mode(request: HttpRequest) -> HttpResponse:
    """Remember the elder mode size given as ``size`` (0 turns it off) and return to the page."""
    response = HttpResponseRedirect(_way_back(request))
    size = request.POST.get("size", OFF)
    if size in CHOICES:
        choose_elder_size(request, response, int(size))
    return response
