"""A lost second step: the owner's word against it, and the second administrator's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audit import chain
from people.access import applicant_required, official_required
from people.office_book import SYSTEM_ADMINISTRATOR
from people.staffing import ADMINISTRATOR
from project.sign_in import lost_factor, lost_of_officials, security

SECONDS = (ADMINISTRATOR, SYSTEM_ADMINISTRATOR)


@applicant_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """The owner: it is not lost, or I never asked."""
    if lost_factor.keep(request.user, timezone.now()):
        messages.success(request, _("第二步登录不停用了。没有去过窗口的，请修改密码，并打页面下方的电话。"))
    else:
        messages.info(request, _("没有在等的停用登记。"))
    return redirect("mfa_index")


@official_required(*SECONDS)
@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for a second administrator."""
    rows = lost_of_officials.waiting(request.user, timezone.now())
    chain.record_read(request.user.username, "lost_factors.read", data={"count": len(rows)})
    reasons = dict(security.Reason.choices)
    context = {"rows": [(row, reasons[row.reason], row.by_id == request.user.pk) for row in rows]}
    return render(request, "account/security/lost_factors.html", context)


@official_required(*SECONDS)
@require_POST
def agree(request: HttpRequest, user_id: int) -> HttpResponse:
    """The second administrator agrees."""
    user = lost_of_officials.agree(request.user, user_id, timezone.now())
    messages.success(request, _("已经停用：%(who)s。其下次登录时要重新开通第二步登录。") % {"who": user})
    return redirect("security:lost_factors")


@official_required(*SECONDS)
@require_POST
def drop(request: HttpRequest, user_id: int) -> HttpResponse:
    """Either of the two thinks better of it."""
    user = lost_of_officials.drop(request.user, user_id, timezone.now())
    messages.success(request, _("没有停用：%(who)s的第二步登录照旧。") % {"who": user})
    return redirect("security:lost_factors")
