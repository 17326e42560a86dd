"""Saved searches, and how an official's lists look."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from approvals.forms.saved import DeskSettingsForm, SaveSearchForm
from approvals.inbox import saved
from approvals.inbox.address import query_of, read_filters
from approvals.inbox.columns import shown
from approvals.inbox.tabs import LABELS
from people.access import official_required
from people.refusals import Invalid
from people.roles import DESK_ROLES


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def searches(request: HttpRequest) -> HttpResponse:
    """The saved searches, and a form that keeps the filters of the address."""
    filters = read_filters(request.GET).kept
    form = SaveSearchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _kept(request, form):
        messages.success(request, _("已保存常用筛选“%(name)s”。") % {"name": form.cleaned_data["name"]})
        return redirect(reverse("approvals:inbox") + query_of(filters))
    context = {
        "form": form,
        "filters": filters,
        "tab_label": LABELS[filters.tab],
        "query": query_of(filters),
        "searches": saved.searches_of(request.user),
        "errors": [],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "approvals/inbox/saved.html", context, status=status)


def _kept(request: HttpRequest, form: SaveSearchForm) -> bool:
    """Keep the search; what the service refuses stands beside its field."""
    filters = read_filters(request.GET)
    try:
        search = saved.save(request.user, form.cleaned_data["name"], filters, timezone.now())
    except Invalid as refused:
        for name, message in refused.errors.items():
            form.add_error(name, message)
        return False
    if form.cleaned_data["is_default"]:
        saved.make_default(request.user, search.pk, default=True)
    return True


@official_required(*DESK_ROLES)
@require_POST
def default(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin with this search from now on, or with the plain list again."""
    wanted = request.POST.get("default") == "on"
    saved.make_default(request.user, pk, default=wanted)
    messages.success(request, _("以后打开待办先显示这个筛选。") if wanted else _("以后打开待办先显示全部待办。"))
    return redirect("approvals:saved")


@official_required(*DESK_ROLES)
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a search."""
    saved.delete(request.user, pk)
    messages.success(request, _("已删除。"))
    return redirect("approvals:saved")


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Columns and keys."""
    address = reverse("approvals:inbox") + query_of(read_filters(request.GET))
    kept = saved.settings_of(request.user)
    sent = request.POST if request.method == "POST" else None
    form = DeskSettingsForm(sent, initial={"columns": list(shown(kept.columns)), "keys": kept.keys})
    if request.method == "POST" and form.is_valid():
        saved.keep_settings(request.user, form.cleaned_data["columns"], keys=form.cleaned_data["keys"])
        messages.success(request, _("已保存。"))
        return redirect(address)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "approvals/inbox/settings.html", {"form": form, "inbox_url": address}, status=status)
