"""政策找人: rosters, what was found on them, and whom the office invited."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import chain
from helping.forms.invites import MatchingForm
from helping.forms.sheets import RosterForm
from helping.invites import access, answering, inviting, matching, rosters, shown
from helping.models import FactRoster, Match, Matching
from helping.sheets.template import CONTENT_TYPE, template
from helping.views import listing
from helping.views.listing import FORM
from people.access import official_required
from people.forms import tried
from people.models import User
from people.refusals import NotFound

ROLES = sorted(access.ROLES)
SHOWN, MOST_DIGITS = 30, 12


@official_required(*ROLES)
@never_cache
@require_http_methods(FORM)
def index(request: HttpRequest) -> HttpResponse:
    """Rosters, matchings and invitations of the user's offices; a POST holds a scheme against rosters."""
    at, user = timezone.now(), request.user
    offices = access.offices_of(user, at)
    mine = list(rosters.rosters_of(user, at)[:SHOWN])
    live = [one for one in mine if one.erased_at is None]
    form = MatchingForm(offices, rosters.schemes(), live, request.POST if request.method == "POST" else None)

    def start(given: dict[str, Any]) -> Matching:
        office = access.office_of(user, given["office"], at)
        return matching.start(user, office, given["scheme"], [int(pk) for pk in given["rosters"]], at)

    def rows() -> dict[str, Any]:
        return {
            "heading": _("政策找人"),
            "form": form if live else None,
            "offices": offices,
            "tables": [_rosters(mine), *_matchings(user, at)],
            "invitations": inviting.invitations_of(user, at)[:SHOWN],
        }

    return listing.list_page(
        request,
        "helping/invites/index.html",
        form,
        start,
        lambda begun: redirect("helping:matching", begun.pk),
        rows,
    )


def _rosters(mine: list[FactRoster]) -> dict[str, Any]:
    return listing.table(
        _("名单"),
        (_("名单由谁提供"), _("用途"), _("法律依据"), _("人数"), _("到期删除")),
        [[str(one), one.purpose, one.legal_basis, one.rows, _ends(one)] for one in mine],
        numeric={3},
        empty=_("还没有登记过名单。"),
    )


def _ends(roster: FactRoster) -> Any:
    return {"text": _("已删除"), "state": "closed"} if roster.erased_at else listing.day(roster.expires_at)


def _matchings(user: User, at: datetime) -> list[dict[str, Any]]:
    """None while nothing was matched."""
    found = list(matching.matchings_of(user, at)[:SHOWN])
    headings = (_("事项"), _("谁开始的"), _("状态"))
    return [listing.table(_("对照过的"), headings, [_matching(one) for one in found])] if found else []


def _matching(one: Matching) -> list[Any]:
    title = str(one.scheme_version.definition.title)
    link = {"text": title, "of": str(one.pk), "url": reverse("helping:matching", args=[one.pk])}
    standing = _("已删除") if one.erased_at else _("已完成") if one.ended_at else _("正在对照")
    return [link, f"{one.started_by} {listing.moment(one.started_at)}", standing]


@official_required(*ROLES)
@never_cache
@require_http_methods(FORM)
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a roster in, with its purpose, its legal basis and its days."""
    at, user = timezone.now(), request.user
    offices = access.offices_of(user, at)
    if not offices:
        raise NotFound()
    form, faults = RosterForm(offices, rosters.schemes(), *listing.sent(request)), listing.FileFaults()

    def take(given: dict[str, Any]) -> tuple[FactRoster, bool]:
        office = access.office_of(user, given["office"], at)
        stated = rosters.Stated(given["source"], given["purpose"], given["legal_basis"], given["keep_days"])
        return rosters.bring(user, office, given["scheme"], stated, given["file"].read(), at)

    came = tried(request, form, faults.told(take))
    if came.done:
        _roster, new = came.result
        messages.success(request, _("名单已登记，加密保存。") if new else _("这个文件以前上传过，没有重复登记。"))
        return redirect("helping:invites")
    context = {"form": form, "schemes": rosters.schemes(), **faults.context()}
    return render(request, "helping/invites/bring.html", context, status=came.status)


@official_required(*ROLES)
@never_cache
@require_safe
def sheet(request: HttpRequest, scheme: str) -> HttpResponse:
    """The empty roster of a scheme's facts."""
    if not access.offices_of(request.user, timezone.now()):
        raise NotFound()
    version = rosters.scheme_with(scheme)
    response = HttpResponse(template(rosters.questions_of(version.definition)), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="roster-{version.scheme_id}.xlsx"'
    return response


@official_required(*ROLES)
@never_cache
@require_safe
def show(request: HttpRequest, matching_id: int) -> HttpResponse:
    """What a matching found, one verdict at a time."""
    at = timezone.now()
    found = matching.matching_of(request.user, matching_id, at)
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in Match.Verdict.values else Match.Verdict.ELIGIBLE.value
    after = request.GET.get("after", "")
    start = int(after) if after.isdecimal() and len(after) <= MOST_DIGITS else 0
    page = shown.matches_of(found, verdict, start) if found.erased_at is None else shown.MatchPage([], None)
    data = {"verdict": verdict, "people": len(page.rows)}
    chain.record_read(request.user.username, "matching.read", subject=f"matching-{found.pk}", data=data)
    counts = {code: Match.objects.filter(matching=found, verdict=code).count() for code in Match.Verdict.values}
    context = {
        "found": found,
        "verdict": verdict,
        "verdict_label": Match.Verdict(verdict).label,
        "counts": [(code, Match.Verdict(code).label, counts[code]) for code in Match.Verdict.values],
        "page": page,
        "rosters": matching.rosters_in(found),
        "may_invite": any(row.may_invite for row in page.rows),
    }
    return render(request, "helping/invites/matching.html", context)


@official_required(*ROLES)
@never_cache
@require_POST
def invite(request: HttpRequest, matching_id: int) -> HttpResponse:
    """Invite those who are ticked."""
    given = [pk for pk in request.POST.getlist("person") if pk.isdecimal() and len(pk) <= MOST_DIGITS]
    count = inviting.invite(request.user, matching_id, [int(pk) for pk in given[: shown.PAGE_SIZE]], timezone.now())
    told = ngettext("已邀请%(count)s人。", "已邀请%(count)s人。", count) % {"count": count}
    messages.success(request, told)
    return redirect("helping:invites" if count else "helping:matching", *([] if count else [matching_id]))


@official_required(*ROLES)
@never_cache
@require_safe
def letter(request: HttpRequest, invitation: str) -> HttpResponse:
    """The sheet to print and hand over or post."""
    at = timezone.now()
    found = inviting.invitation_of(request.user, invitation, at)
    told = inviting.told_of(found)
    if not told:
        raise NotFound()
    chain.record_read(request.user.username, "invitation.read", subject=found.public_id)
    address = request.build_absolute_uri(reverse("invited:list"))
    return render(request, "helping/invites/letter.html", shown.letter_of(found, told, address))


@official_required(*ROLES)
@never_cache
@require_POST
def refused(request: HttpRequest, invitation: str) -> HttpResponse:
    """The person told the office that they do not want it, and want to be left alone about it."""
    at, user = timezone.now(), request.user
    found = inviting.invitation_of(user, invitation, at)
    answering.decline(user, found, at, ask_no_more=found.scheme_code)
    messages.success(request, _("已登记：本人不申请，这个事项不再问。"))
    return redirect("helping:invites")
