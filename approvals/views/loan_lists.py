"""核对银行贴息清单: a bank's list of a quarter held against the claims of its borrowers."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from approvals.claims import loans
from approvals.forms.exofficio import RosterForm
from people.access import official_required
from people.refusals import Invalid
from people.roles import DESK_ROLES
from people.tables import FaultyFile


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    """Compare a list; nothing of it is kept. Where lines cannot be read, all faults are told and none is compared."""
    form = RosterForm(request.POST or None, request.FILES or None)
    found, faults, status = None, [], HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                found = loans.compare(request.user, form.cleaned_data["file"].read(), timezone.now())
                status = HTTPStatus.OK
            except Invalid as invalid:
                form.add_error("file", str(invalid.message))
                faults = invalid.faults if isinstance(invalid, FaultyFile) else []
    context = {"form": form, "found": found, "faults": faults}
    return render(request, "approvals/claims/loans.html", context, status=status)
