"""谁在替我办理: in one's own account, whoever helps, what they did, stopping them, and letting somebody help."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.views.desk import applicant_page, applicant_render
from helping.forms.standing import InviteForm
from helping.models import Mandate
from helping.standing import Terms, end_mandate, record_consent, shown, taking_over, texts
from people.forms import tried
from people.models import User
from people.refusals import Invalid, NotFound

STOPPED = gettext_lazy("已经停止。帮办人从现在起看不到您的申请。")
GIVEN_UP = gettext_lazy("已经停止。您从现在起看不到这位申请人的申请。")


@applicant_page("GET")
def helpers(request: HttpRequest) -> HttpResponse:
    """Who helps me, and whom I help."""
    at, user = timezone.now(), request.user
    context = {
        "known": user.person_id is not None,
        "helpers": shown.of_person(user.person, at) if user.person_id else [],
        "waiting": [(one, str(one.definition.title)) for one in taking_over.waiting_for(user, at)],
        "helped": [shown.help_of(one, at) for one in shown.of_helper(user)],
    }
    return applicant_render(request, "helping/standing/helpers.html", context)


@applicant_page("GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Let somebody help from now on. Only for an account whose person is known."""
    at, user = timezone.now(), request.user
    if user.person_id is None:
        messages.info(request, _("本站还不知道您这个账号是谁的，暂时不能在这里登记。"))
        return redirect("helpers:list")
    form = InviteForm(request.POST if request.method == "POST" else None)
    came = tried(request, form, lambda given: record_consent(user, user.person, _terms(form), at))
    if came.done:
        messages.success(request, _("已经登记。帮办人登录后可以替您办理。"))
        return redirect("helpers:list")
    return applicant_render(request, "helping/standing/add.html", {"form": form, "text": texts.current()}, came.status)


def _terms(form: InviteForm) -> Terms:
    """Raises Invalid for an account that cannot help; which of the reasons it is, is not told."""
    helper = User.objects.filter(username=form.cleaned_data["account"].strip(), is_active=True).first()
    if helper is None:
        raise Invalid(errors={"account": _("没有找到这个账号。请和帮办人核对账号，一个字母也不能错。")})
    return form.terms(helper)


@applicant_page("GET", "POST")
def stop(request: HttpRequest, mandate: uuid.UUID) -> HttpResponse:
    """Stop somebody, or stop helping somebody: asked once, then done at once."""
    at, user = timezone.now(), request.user
    found = Mandate.objects.select_related("person", "helper", "office").filter(public_id=mandate).first()
    mine = found is not None and found.person_id == user.person_id
    if found is None or not (mine or found.helper_id == user.pk):
        raise NotFound()
    if request.method == "POST":
        end_mandate(user, found, at)
        messages.success(request, STOPPED if mine else GIVEN_UP)
        return redirect("helpers:list")
    context = {"help": shown.help_of(found, at), "mine": mine}
    return applicant_render(request, "helping/standing/stop.html", context)


@applicant_page("POST")
def take(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go on by oneself with what a helper began."""
    taking_over.take_over(request.user, public_id, timezone.now())
    messages.success(request, _("这份申请现在由您自己办理。"))
    return redirect("applications:detail", public_id)
