"""核对银行贴息清单: banks' lists of a quarter held against the claims of their borrowers, and kept."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from approvals.claims import loan_lists_kept
from approvals.forms.claims import LoanListForm
from people.access import official_required
from people.refusals import Invalid
from people.roles import DESK_ROLES
from people.tables import FaultyFile

LISTS_SHOWN = 50


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    """The lists that were brought; a POST brings one. Where lines cannot be read, all faults are told, none is kept."""
    at, faults, status = timezone.now(), [], HTTPStatus.OK
    banks = loan_lists_kept.banks_of(request.user, at)
    form = LoanListForm(list(banks), request.POST or None, request.FILES or None)
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                given = form.cleaned_data
                brought = loan_lists_kept.bring(request.user, given["file"].read(), at, given["bank"])
            except Invalid as invalid:
                form.add_error("file", str(invalid.message))
                faults = invalid.faults if isinstance(invalid, FaultyFile) else []
            else:
                told = _("清单已核对并加密保存。") if brought.new else _("这份清单以前已经收到，没有重复保存。")
                messages.success(request, told)
                return redirect("approvals:loan_list", brought.kept.pk)
    lists = loan_lists_kept.lists_of(request.user, at)[:LISTS_SHOWN]
    context = {"form": form, "faults": faults, "lists": lists}
    return render(request, "approvals/claims/loans.html", context, status=status)


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A kept list, judged by the claims as they stand now; the reading is recorded by the comparison."""
    found = loan_lists_kept.read(request.user, pk, timezone.now())
    return render(request, "approvals/claims/loan_list.html", {"list": found.kept, "found": found.judged})
