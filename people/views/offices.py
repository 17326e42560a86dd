"""机关名录: a system administrator's offices, a new one, the details of one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people import office_book
from people.access import official_required
from people.forms import tried
from people.models import Office
from people.office_book import DETAILS, SYSTEM_ADMINISTRATOR
from people.office_forms import NewOfficeForm, OfficeDetailsForm
from people.refusals import Invalid
from people.staff_forms import OfficeSearch

OFFICES_A_PAGE = 50
FORM = ["GET", "HEAD", "POST"]


@official_required(SYSTEM_ADMINISTRATOR)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The offices of the area."""
    at, form = timezone.now(), OfficeSearch(request.GET or None)
    asked = form.cleaned_data["q"].strip() if form.is_valid() else ""
    offices = office_book.offices_of(request.user, at).order_by("division_id", "function", "pk")
    if asked:
        offices = offices.filter(Q(name__contains=asked) | Q(name_en__icontains=asked) | Q(division__name=asked))
    page = Paginator(offices, OFFICES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/offices/index.html", {"form": form, "asked": asked, "page": page})


@official_required(SYSTEM_ADMINISTRATOR)
@never_cache
@require_http_methods(FORM)
def new(request: HttpRequest) -> HttpResponse:
    """Add an office."""
    at, form = timezone.now(), NewOfficeForm(request.POST or None)
    came = tried(request, form, lambda values: office_book.add(request.user, _named(request, values, at), at))
    if came.done:
        messages.success(request, _("已添加：%(office)s。") % {"office": came.result})
        return redirect("offices:index")
    return render(request, "people/offices/new.html", {"form": form}, status=came.status)


@official_required(SYSTEM_ADMINISTRATOR)
@never_cache
@require_http_methods(FORM)
def change(request: HttpRequest, office_id: int) -> HttpResponse:
    """Change an office's details. Raises NotFound outside the area."""
    at = timezone.now()
    office = office_book.office_of(request.user, office_id, at)
    form = OfficeDetailsForm(request.POST or None, initial=_initial(office))
    came = tried(
        request, form, lambda values: office_book.change(request.user, office.pk, _named(request, values, at), at)
    )
    if came.done:
        messages.success(request, _("已保存。") if came.result else _("没有改动。"))
        return redirect("offices:index")
    return render(request, "people/offices/change.html", {"form": form, "office": office}, status=came.status)


def _initial(office: Office) -> dict[str, Any]:
    signs_for = office.signs_for.document_prefix if office.signs_for else ""
    return {name: getattr(office, name) for name in DETAILS} | {"signs_for": signs_for}


def _named(request: HttpRequest, values: dict[str, Any], at) -> dict[str, Any]:
    """The office that entrusts, by the prefix typed. Raises Invalid."""
    prefix = values["signs_for"].strip()
    office = office_book.offices_of(request.user, at).filter(document_prefix=prefix).first() if prefix else None
    if prefix and office is None:
        raise Invalid(errors={"signs_for": _("没有用这个代字的机关，或者不归您管理。请核对。")})
    return values | {"signs_for": office}
