"""Public notices 公示: read by anybody, objected to by anybody, without signing in."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals import notices, notices_list
from approvals.forms.others import ObjectionForm
from approvals.models import PublicNotice
from papers import codes
from people import throttle
from people.refusals import Conflict, NotFound

OBJECTIONS_AN_HOUR = 5
ONE_HOUR = 60 * 60
View = Callable[..., HttpResponse]


def unindexed(view: View) -> View:
    """Tell search engines to keep nothing of a page: it is public for some days only."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answer


@unindexed
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The notices on show."""
    at, office = timezone.now(), _number(request, "office")
    found = notices_list.page(at, office=office, below=_number(request, "below"), above=_number(request, "above"))
    context = {
        "notices": found.notices,
        "offices": notices_list.offices_with_notices(at),
        "office": office,
        "next_url": _page_url(office, below=found.after),
        "previous_url": _page_url(office, above=found.before),
    }
    return render(request, "notices/list.html", context)


@unindexed
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice, and the form to object to it."""
    if request.method == "POST":
        return _object(request, pk)
    _notice, listed = notices_list.one(pk, timezone.now())
    return _page(request, listed, ObjectionForm())


def _page(request: HttpRequest, listed: notices_list.Listed, form: ObjectionForm, status=HTTPStatus.OK) -> HttpResponse:
    context = {"notice": listed, "form": form}
    return render(request, "notices/detail.html", context, status=status)


def _object(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an objection; a notice that is over answers 409, too many from one address 429."""
    at, form = timezone.now(), ObjectionForm(request.POST)
    try:
        notice, listed = notices_list.one(pk, at)
    except NotFound:
        _say_over(pk)
        raise
    if not form.is_valid():
        return _page(request, listed, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not throttle.allowed(request, "objections", OBJECTIONS_AN_HOUR, ONE_HOUR):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    code = codes.new_code()
    notices.object_to(notice, form.cleaned_data["text"], form.cleaned_data["contact"], at, code=code)
    text = _("已收到您的异议，公示单位会核实处理。请记下查询码%(code)s：凭它在“查看异议答复”里看答复，只显示这一次。")
    messages.success(request, text % {"code": codes.grouped(code)})
    return redirect("notices:detail", pk=pk)


def _say_over(pk: int) -> None:
    """A notice that is over is no secret: say so, instead of that it never was."""
    if PublicNotice.objects.filter(pk=pk).exists():
        raise Conflict(_("公示期已经结束，不能再提出异议。您可以向作出决定的机关反映。"), code="notice_over")


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _page_url(office: int | None, **key: int | None) -> str:
    """The address of a neighbouring page; "" where there is none."""
    if not any(key.values()):
        return ""
    return reverse("notices:list") + "?" + urlencode({**key, **({"office": office} if office else {})})
