"""发文登记簿 and the papers that wait to be served: lists of the offices one works at."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from approvals.forms.issued import RegisterForm
from approvals.issued import access, register, unserved
from approvals.issued.register import LONGEST_NUMBER, Wanted
from audit import chain
from people.access import official_required
from people.roles import DESK_ROLES

LONGEST_KEY = 9


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The register, a page at a time, or as a file (`?as=csv`). One read event for what is shown."""
    at = timezone.now()
    wanted = _wanted(request, at)
    if request.GET.get("as") == "csv":
        return _file(request, wanted)
    papers, more = register.page(wanted, _after(request))
    _record(request, "register.read", wanted, len(papers))
    kept = _kept(wanted)
    last = papers[-1] if papers else None
    series = register.series_of(wanted)
    context = {
        "wanted": wanted,
        "papers": papers,
        "series": series,
        "form": _form(request, wanted, series, at),
        "csv_url": "?" + urlencode(kept | {"as": "csv"}),
        "first_url": "?" + urlencode(kept) if request.GET.get("after") else "",
        "next_url": "?" + urlencode(kept | {"after": f"{last.sequence}:{last.series}"}) if more else "",
    }
    return render(request, "approvals/issued/register.html", context)


def _file(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    content, count = register.as_csv(wanted)
    _record(request, "register.exported", wanted, count)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = _("发文登记簿-%(year)s.csv") % {"year": wanted.year}
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _record(request: HttpRequest, action: str, wanted: Wanted, count: int) -> None:
    told = {"office": wanted.office.pk, "year": wanted.year, "series": wanted.series, "count": count}
    chain.record_read(request.user.username, action, data=told)


def _wanted(request: HttpRequest, at: datetime) -> Wanted:
    """What the address asks for; what cannot be read is left out."""
    office = register.office_for(request.user, _number(request.GET.get("office", "")), at)
    year = _number(request.GET.get("year", "")) or timezone.localdate(at).year
    series = request.GET.get("series", "")[:LONGEST_KEY]
    return Wanted(office, year, series, request.GET.get("number", "").strip()[:LONGEST_NUMBER])


def _kept(wanted: Wanted) -> dict[str, Any]:
    kept = {"office": wanted.office.pk, "year": wanted.year, "series": wanted.series, "number": wanted.number}
    return {name: value for name, value in kept.items() if value}


def _form(request: HttpRequest, wanted: Wanted, series: list[register.Series], at: datetime) -> RegisterForm:
    offices = [(str(office.pk), office.label) for office in access.offices_of(request.user, at)]
    years = sorted({*register.years_of(wanted.office), wanted.year}, reverse=True)
    return RegisterForm(offices, years, [one.series for one in series], initial=_kept(wanted))


def _after(request: HttpRequest) -> tuple[str, int] | None:
    sequence, _colon, series = request.GET.get("after", "").partition(":")
    number = _number(sequence)
    return (series[:LONGEST_KEY], number) if number and series else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else None


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """待送达文书: papers of one's offices that have not reached anybody, the oldest first."""
    rows, more = unserved.waiting(request.user, timezone.now(), _after_time(request))
    chain.record_read(request.user.username, "unserved.read", data={"count": len(rows)})
    last = rows[-1].paper if rows else None
    following = f"{last.pk}:{last.issued_at.isoformat()}" if last and more else ""
    context = {
        "rows": rows,
        "limit": unserved.LIMIT_WORKING_DAYS,
        "first_url": request.path if request.GET.get("after") else "",
        "next_url": "?" + urlencode({"after": following}) if following else "",
    }
    return render(request, "approvals/issued/unserved.html", context)


def _after_time(request: HttpRequest) -> tuple[datetime, int] | None:
    number, _colon, moment = request.GET.get("after", "").partition(":")
    pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    try:
        issued = parse_datetime(moment)
    except ValueError:
        return None
    return (issued, pk) if pk and issued is not None and timezone.is_aware(issued) else None
