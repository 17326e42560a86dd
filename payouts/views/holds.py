"""暂缓拨付: what waits and why, lifting it, and holding a case by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit import chain
from payouts import scope
from payouts.forms_holds import HoldForm, LiftForm
from payouts.holds import acts
from payouts.holds.amounts import with_amounts
from payouts.models import Hold
from payouts.titles import titles
from people import vault
from people.access import official_required
from people.forms import tried
from people.refusals import NotFound

HOLDS_A_PAGE = 100


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits at the reader's bureaus, oldest first: cases by number, no names."""
    at = timezone.now()
    if not scope.finance_offices(request.user, at):
        raise NotFound()
    found = with_amounts(acts.holds_of(request.user, at))
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        found = found.filter(pk__gt=int(after))
    holds = list(found[: HOLDS_A_PAGE + 1])
    shown, named = holds[:HOLDS_A_PAGE], titles()
    chain.record_read(request.user.username, "holds.read", data={"lines": len(shown)})
    context = {
        "holds": [(hold, named.get(hold.due.scheme_code, hold.due.scheme_code)) for hold in shown],
        "next_url": f"?after={shown[-1].pk}" if len(holds) > HOLDS_A_PAGE else "",
    }
    return render(request, "payouts/holds/holds.html", context)


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One hold with all that is lifted together; a POST lifts it."""
    at = timezone.now()
    hold = acts.hold_of(request.user, pk, at)
    form = LiftForm(request.POST or None)
    outcome = tried(request, form, lambda given: acts.lift(request.user, pk, given["reason"], at))
    if outcome.done:
        messages.success(request, _("已解除，%(count)s笔可以发放。") % {"count": outcome.result})
        return redirect("payouts:holds")
    chain.record_read(request.user.username, "holds.read", subject=hold.due.application.public_id)
    context = {
        "hold": hold,
        "note": _note(hold),
        "lines": with_amounts(acts.siblings(hold)).select_related("due").order_by("due__payable_from", "pk"),
        "title": titles().get(hold.due.scheme_code, hold.due.scheme_code),
        "may_lift": hold.put_by_id != request.user.pk,
        "form": form,
    }
    return render(request, "payouts/holds/hold.html", context, status=outcome.status)


def _note(hold: Hold) -> str:
    try:
        return acts.note_of(hold)
    except vault.VaultError:
        return _("无法打开")


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def put(request: HttpRequest) -> HttpResponse:
    """Hold a case by hand."""
    at = timezone.now()
    if not scope.finance_offices(request.user, at):
        raise NotFound()
    form = HoldForm(request.POST or None)
    outcome = tried(request, form, lambda given: acts.put(request.user, given["number"], given["reason"], at))
    if outcome.done:
        messages.success(request, _("已暂缓。须由另一位工作人员解除。"))
        return redirect("payouts:holds")
    return render(request, "payouts/holds/put.html", {"form": form}, status=outcome.status)
