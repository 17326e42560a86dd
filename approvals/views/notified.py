"""What the applicant of a case was told, when, and whether it arrived; and what did not arrive anywhere."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from approvals import review
from approvals.notes.beside import check_not_recused
from approvals.notified import failures
from approvals.ratings import shown
from audit import chain
from people.access import official_required
from people.roles import DESK_ROLES
from telling import reading
from telling.models import Wish

LISTED = 200
LONGEST_KEY = 18


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def of_case(request: HttpRequest, public_id: str) -> HttpResponse:
    """The notices of one case with their words, how the applicant wishes to be told, and ratings that were answered."""
    application = review.case_for(request.user, public_id, timezone.now())
    check_not_recused(application, request.user)
    chain.record_read(request.user.username, "telling.read", subject=public_id)
    wish = Wish.objects.filter(user=application.filed_by_id).first()
    answered = application.ratings.filter(answered_at__isnull=False).order_by("-pk")
    context = {
        "application": application,
        "rows": reading.told_of(public_id),
        "by_call": wish is not None and wish.by_call,
        "by_paper": wish is not None and wish.by_paper,
        "ratings": [shown.shown(application, rating) for rating in answered],
    }
    return render(request, "approvals/notified/case.html", context)


@official_required(*failures.ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def not_arrived(request: HttpRequest) -> HttpResponse:
    """What did not leave or did not arrive, the latest first; POST tries those chosen once more."""
    at = timezone.now()
    if request.method == "POST":
        chosen = [int(key) for key in request.POST.getlist("notice") if key.isdecimal() and len(key) <= LONGEST_KEY]
        if not chosen:
            messages.warning(request, _("请先勾选要重新发送的通知。"))
        else:
            count = failures.try_again(request.user, chosen, at)
            messages.success(request, _("会重新发送%(count)s条。") % {"count": count})
        return redirect("approvals:not_told")
    rows = list(failures.seen_by(request.user, at)[:LISTED])
    chain.record_read(request.user.username, "telling.failures_read", data={"count": len(rows)})
    return render(request, "approvals/notified/failures.html", {"rows": [_row(row) for row in rows]})


def _row(notice: Any) -> dict[str, Any]:
    return {"notice": notice, "why": _why(notice.failure)}


def _why(code: str) -> str:
    """What went wrong, in words; the gateway's own code beside it."""
    words = {
        "no_gateway": _("没有配置发送网关"),
        "interrupted": _("发送时程序中断"),
        "not_delivered": _("运营商报告没有送到"),
        "recipient_refused": _("邮箱拒收"),
    }.get(code)
    return words or _("网关没有接收（%(code)s）") % {"code": code}
