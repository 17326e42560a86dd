"""The notices of the site: the list, and saying one has read them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from telling import reading
from telling.views.pages import own_page, own_render

PAGE_SIZE = 20
LONGEST_KEY = 18


@own_page("GET")
def index(request: HttpRequest) -> HttpResponse:
    """One's notices, the latest first, a page at a time by keyset (`?before=` the last one seen)."""
    before = _number(request.GET.get("before", ""))
    found = reading.page(request.user, before, PAGE_SIZE)
    shown, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    context = {
        "rows": shown,
        "unread": reading.unread(request.user),
        "newest": shown[0].notice.pk if shown else 0,
        "next_url": f"?before={shown[-1].notice.pk}" if more else "",
        "first_url": request.path if before is not None else "",
    }
    return own_render(request, "telling/notices.html", context)


@own_page("POST")
def read(request: HttpRequest) -> HttpResponse:
    """Say that one has read one's notices, up to the newest of the page."""
    until = _number(request.POST.get("until", ""))
    if until is not None:
        reading.mark_read(request.user, until, timezone.now())
        messages.success(request, _("已标为看过。"))
    return redirect("telling:index")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else None
