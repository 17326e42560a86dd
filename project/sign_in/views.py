"""Where an account is signed in, staying signed in, and what was kept of a form that came too late."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people.access import applicant_required, page_before
from people.refusals import NotFound
from project.navigation import room_of
from project.sign_in import kept, sessions

SHOWN = 10


@applicant_required
@never_cache
@require_safe
def where(request: HttpRequest) -> HttpResponse:
    """Where the account is signed in now, and the last times it was."""
    ended = request.user.sign_ins.filter(ended_at__isnull=False)[:SHOWN]
    context = {
        "open": sessions.open_of(request.user),
        "ended": ended,
        "here": request.session.session_key,
        "linked": request.user.socialaccount_set.exists(),
    }
    return render(request, "account/where.html", context)


@applicant_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    ended = sessions.end_others(request.user, request.session.session_key, sessions.Why.ELSEWHERE, timezone.now())
    if ended:
        messages.success(request, _("已退出别处的%(count)s个登录。") % {"count": ended})
    else:
        messages.info(request, _("别处没有登录。"))
    return redirect("sign_in_where")


@applicant_required
@never_cache
@require_safe
def remaining(request: HttpRequest) -> JsonResponse:
    """Seconds until the sign-in ends by lying idle, and in any case: asked by the script before it warns."""
    idle, age = sessions.seconds_left(request.session, timezone.now())
    return JsonResponse({"idle": idle, "age": age})


@applicant_required
@never_cache
@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """Somebody is there: the idle time begins anew."""
    at = timezone.now()
    sessions.seen(request.session, at, at_once=True)
    if request.headers.get("Accept", "") == "application/json":
        idle, age = sessions.seconds_left(request.session, at)
        return JsonResponse({"idle": idle, "age": age})
    return redirect(page_before(request) or "/")


@applicant_required
@never_cache
@require_safe
def show_kept(request: HttpRequest) -> HttpResponse:
    """What was typed when the sign-in ended, ready to be sent on. Raises NotFound when nothing is kept."""
    found = kept.kept_for(request.user, timezone.now())
    if found is None:
        raise NotFound()
    entries = [(name, value) for name, values in kept.entries_of(found) for value in values]
    typed = [value for _name, value in entries if value.strip()]
    context = {"kept": found, "entries": entries, "typed": typed, "mark": kept.MARK, "room": room_of(found.path)}
    return render(request, "account/kept.html", context)


@applicant_required
@require_POST
def drop_kept(request: HttpRequest) -> HttpResponse:
    """Delete it."""
    kept.drop(request.user)
    messages.info(request, _("没有提交的内容已经删除。"))
    return redirect("home")
