"""The labels and internal fields of an office, kept by its supervisor."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from approvals.forms.notes import InternalFieldForm, LabelForm
from approvals.labels import labels_of as titles_of
from approvals.models import InternalField, Label
from approvals.notes import fields, labels
from approvals.notes.beside import SUPERVISOR, supervised
from approvals.views.told import take_errors
from people.access import official_required
from people.refusals import Invalid
from schemes.models import Scheme


@official_required(SUPERVISOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def all_labels(request: HttpRequest) -> HttpResponse:
    """The labels of the offices one supervises, and adding one."""
    at = timezone.now()
    offices = supervised(request.user, at)
    form = LabelForm(offices, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            labels.define(request.user, _office(offices, given["office"]), given["name"], given["colour"], at)
        except Invalid as invalid:
            take_errors(form, invalid)
        else:
            messages.success(request, _("标签已经添加。"))
            return redirect("approvals:labels")
    rows = Label.objects.filter(office__in=offices).select_related("office").order_by("retired_at", "name", "pk")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "approvals/notes/labels.html", {"form": form, "rows": rows}, status=status)


@official_required(SUPERVISOR)
@require_POST
def retire_label(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a label on no further case."""
    labels.retire(request.user, pk, timezone.now())
    messages.success(request, _("标签已经停用。"))
    return redirect("approvals:labels")


@official_required(SUPERVISOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def all_fields(request: HttpRequest) -> HttpResponse:
    """The internal fields of the offices one supervises, and adding one."""
    at = timezone.now()
    offices = supervised(request.user, at)
    codes = list(Scheme.objects.order_by("pk").values_list("pk", flat=True))
    titles = titles_of((), codes)
    form = InternalFieldForm(
        offices, [(code, titles.title(code)) for code in codes], request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            fields.define(request.user, _office(offices, form.cleaned_data["office"]), form.plan(), at)
        except Invalid as invalid:
            take_errors(form, invalid)
        else:
            messages.success(request, _("字段已经添加。"))
            return redirect("approvals:fields")
    rows = InternalField.objects.filter(office__in=offices).select_related("office")
    context = {"form": form, "rows": [(row, titles.title(row.scheme)) for row in rows]}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "approvals/notes/fields.html", context, status=status)


@official_required(SUPERVISOR)
@require_POST
def retire_field(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a field no more."""
    fields.retire(request.user, pk, timezone.now())
    messages.success(request, _("字段已经停用。"))
    return redirect("approvals:fields")


def _office(offices, key: str):
    return next(office for office in offices if str(office.pk) == key)
