"""The files of the reader's offices, finding one, what waits to be filed, what falls due."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.inbox.search import looks_like_id, person_hash
from archives import filing, holds, listing
from archives.access import ARCHIVE_ROLES
from archives.forms import LONGEST_SEARCH, SearchForm, WaitingForm
from audit import chain
from people.access import official_required
from people.identity import IdentityError

DUE_SHOWN = 100
HASH_LENGTH = 64


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One page of files."""
    if looks_like_id(request.GET.get("q", "")):
        messages.warning(request, _("身份证号不能写在网址里，没有按它查找。请在“查找”框中输入。"))
        return redirect("archives:index")
    return _page(request, SearchForm(initial={"q": request.GET.get("q", "")}))


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Look for somebody: of a citizen ID only its keyed hash goes on, so that it stands in no address and no log."""
    form, typed = SearchForm(request.POST), request.POST.get("q", "").strip()
    try:
        if not form.is_valid():
            return _page(request, form)
        wanted = {"person": person_hash(typed, timezone.localdate())} if looks_like_id(typed) else {"q": typed}
    except IdentityError as error:
        form.add_error("q", error.message)
        return _page(request, form)
    return redirect(f"{reverse('archives:index')}?{urlencode(wanted)}" if typed else "archives:index")


def _page(request: HttpRequest, form: SearchForm) -> HttpResponse:
    """The page. The read is recorded before it is sent: how many, and by what was looked."""
    search, person = request.GET.get("q", "")[:LONGEST_SEARCH], request.GET.get("person", "")[:HASH_LENGTH]
    before = _number(request.GET.get("before", ""))
    found = listing.page(request.user, timezone.now(), search, person, before)
    by = "id" if person else "words" if search else ""
    chain.record_read(request.user.username, "archives.read", data={"count": len(found.volumes), "by": by})
    following = {"q": search, "person": person, "before": found.before}
    query = urlencode({name: value for name, value in following.items() if value})
    context = {
        "volumes": found.volumes,
        "search_form": form,
        "searched": bool(search or person),
        "next_url": f"?{query}" if found.before else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "archives/index.html", context, status=status)


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """Closed cases that lie in no file yet; filing those that are ticked. What was refused is said case by case."""
    at = timezone.now()
    cases = list(listing.waiting(request.user, at)[: listing.MOST_WAITING])
    form = WaitingForm(cases, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        chain.record_read(request.user.username, "archives.waiting_read", data={"count": len(cases)})
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and cases else HTTPStatus.OK
        return render(request, "archives/waiting.html", {"form": form if cases else None}, status=status)
    results = filing.file_ticked(request.user, form.cleaned_data["cases"], at)
    for result in results:
        if result.why_not:
            told = {"number": result.number, "why": result.why_not}
            messages.warning(request, _("%(number)s 没有归档：%(why)s") % told)
    done = sum(not result.why_not for result in results)
    if done:
        messages.success(request, _("已归档 %(count)s 件。") % {"count": done})
    return redirect("archives:index")


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """Files whose time is over. Nothing is destroyed here."""
    rows = list(holds.due(request.user, timezone.now())[:DUE_SHOWN])
    chain.record_read(request.user.username, "archives.due_read", data={"count": len(rows)})
    return render(request, "archives/due.html", {"volumes": rows})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
