"""The applicant urges whoever has their case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.views.desk import applicant_page
from approvals.moves import urging


@applicant_page("POST")
def urge(request: HttpRequest, public_id: str) -> HttpResponse:
    """催办: the office in charge is reminded."""
    urging.urge_own(request.user, public_id, "", timezone.now())
    messages.success(request, _("已提醒办理机关。"))
    return redirect("applications:detail", public_id)
