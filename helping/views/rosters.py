"""A village clerk's rosters: the list, one with its to-do, putting people on it, a file of them."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications.views.files import file_response
from audit import chain
from helping.forms.village import RosterFileForm, RosterForm, VillagerForm
from helping.models import VillageRoster
from helping.rosters import access, importing, keeping, todo
from helping.standing.asking import HELPING_ROLES
from helping.views import listing
from helping.views.listing import FORM
from people.access import official_required
from people.forms import tried
from people.masking import masked_id
from people.models import User
from people.tables import MOST_BYTES
from people.vault import decrypt

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 22


@official_required(*HELPING_ROLES)
@never_cache
@require_http_methods(FORM)
def index(request: HttpRequest) -> HttpResponse:
    """One's rosters; a POST opens a new one."""
    at, user = timezone.now(), request.user
    form = RosterForm(access.offices_of(user, at), request.POST if request.method == "POST" else None)

    def rows() -> dict[str, Any]:
        may_open = bool(access.offices_of(user, at))
        return {
            "heading": _("村（社区）帮办"),
            "tables": [_rosters(user, at)] if may_open else [],
            "may_open": may_open,
        }

    return listing.list_page(
        request,
        "helping/rosters/index.html",
        form,
        lambda given: keeping.open_roster(user, int(given["office"]), given["village"], at),
        lambda roster: redirect("helping:roster", roster.pk),
        rows,
    )


def _rosters(user: User, at: datetime) -> dict[str, Any]:
    return listing.table(
        _("我的名册"),
        (_("村（社区）"), _("单位"), _("人数")),
        [_one_roster(roster) for roster in access.rosters_of(user, at)],
        numeric={2},
        empty=_("还没有名册。"),
    )


def _one_roster(roster: VillageRoster) -> list[Any]:
    link = {"text": roster.village, "url": reverse("helping:roster", args=[roster.pk])}
    return [link, roster.office.label, access.villagers_of(roster).count()]


@official_required(*HELPING_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest, roster: int) -> HttpResponse:
    """Everybody on a roster, with what waits for each."""
    at, user = timezone.now(), request.user
    found = access.roster_of(user, roster, at)
    villagers = list(access.villagers_of(found))
    chain.record_read(user.username, "village.read", data={"roster": found.pk, "count": len(villagers)})
    rows = [
        (row, masked_id(decrypt(row.villager.person.data_key, bytes(row.villager.person.id_number), "id_number")))
        for row in todo.rows_of(user, villagers, at)
    ]
    context = {"roster": found, "rows": rows, "today": timezone.localdate(at)}
    return render(request, "helping/rosters/roster.html", context)


@official_required(*HELPING_ROLES)
@never_cache
@require_http_methods(FORM)
def add(request: HttpRequest, roster: int) -> HttpResponse:
    """Put one person on a roster; then their consent is asked for."""
    at, user = timezone.now(), request.user
    found = access.roster_of(user, roster, at)
    form = VillagerForm(request.POST if request.method == "POST" else None)
    came = tried(request, form, lambda given: keeping.add(user, roster, keeping.Entry(**given), at))
    if came.done:
        messages.success(request, _("已经加入名册。请登记本人的同意。"))
        return redirect("helping:villager_consent", came.result.public_id)
    return render(request, "helping/rosters/add.html", {"roster": found, "form": form}, status=came.status)


@official_required(*HELPING_ROLES)
@never_cache
@require_http_methods(FORM)
def bring(request: HttpRequest, roster: int) -> HttpResponse:
    """Put everybody of a file on a roster, or nobody: each row that is wrong is named."""
    at, user = timezone.now(), request.user
    found = access.roster_of(user, roster, at)
    form, faults = RosterFileForm(*listing.sent(request)), listing.FileFaults()

    def read(given: dict[str, Any]) -> importing.Brought:
        return importing.bring_in(user, roster, given["file"].read(MOST_BYTES + 1), at)

    came = tried(request, form, faults.told(read))
    if came.done:
        told = {"added": came.result.added, "agreed": came.result.agreed}
        messages.success(request, _("已加入%(added)s人，其中%(agreed)s人的同意已经登记。") % told)
        return redirect("helping:roster", roster)
    context = {"roster": found, "form": form, **faults.context()}
    return render(request, "helping/rosters/import.html", context, status=came.status)


@official_required(*HELPING_ROLES)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty sheet with the headings, its cells text, so that no long number is rounded."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, text = book.add_worksheet("名册"), book.add_format({"num_format": "@"})
        headings = [*importing.HEADINGS, *importing.OPTIONAL]
        sheet.set_column(0, len(headings) - 1, WIDTH, text)
        sheet.write_row(0, 0, headings)
    return file_response(out.getvalue(), XLSX, _("帮办名册.xlsx"))
