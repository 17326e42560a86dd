"""Public pages that tell whether a paper is genuine and valid, and no more than that."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from papers.codes import grouped, is_code, normalised
from papers.models import Paper
from people import throttle

View = Callable[..., HttpResponse]
LOOK_UPS_A_MINUTE = 30
MINUTE = 60
NOT_FOR_SEARCH_ENGINES = "noindex, nofollow, noarchive"


def public_page(view: View) -> View:
    """A page for everybody: read only, never cached, never in a search engine."""

    @require_safe
    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = NOT_FOR_SEARCH_ENGINES
        return response

    return page


@public_page
def verify(request: HttpRequest) -> HttpResponse:
    """The form; a code given in the address leads to its result."""
    typed = request.GET.get("code")
    if typed is None:
        return _form(request)
    code = normalised(typed)
    if not is_code(code):
        return _form(request, typed, _misread(code))
    return redirect("papers:result", code=code)


@public_page
def result(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of a code: 404 with advice when nothing is, 429 when somebody tries too many."""
    if not throttle.allowed(request, "verify", LOOK_UPS_A_MINUTE, MINUTE):
        return render(request, "papers/too_many.html", status=429)
    wanted = normalised(code)
    paper = Paper.objects.filter(verify_code=wanted).select_related("office", "superseded_by").first()
    if paper is None:
        shown = grouped(wanted) if is_code(wanted) else ""
        return render(request, "papers/unknown.html", {"code": shown}, status=404)
    return render(request, "papers/result.html", {"paper": paper, "rows": _rows(paper)})


def _form(request: HttpRequest, typed: str = "", fault: str = "") -> HttpResponse:
    errors = [{"message": fault, "target": "code"}] if fault else []
    context = {"typed": typed[:40], "fault": fault, "errors": errors}
    return render(request, "papers/verify.html", context, status=422 if fault else 200)


def _misread(code: str) -> str:
    if not code:
        return _("请输入核验码。")
    return _("核验码应为12位字母和数字，没有数字0、1，也没有字母I、O。请对照文书逐位核对。")


def _rows(paper: Paper) -> list[dict[str, str]]:
    """What the public may know of a paper: enough to compare it with the one in hand."""
    rows = [
        (_("文书种类"), paper.get_kind_display()),
        (_("事项"), paper.public_title),
        (_("发文机关"), paper.office.label),
        (_("发文字号"), paper.number),
        (_("成文日期"), f"{timezone.localdate(paper.issued_at):%Y-%m-%d}"),
        (_("收件人"), paper.addressee_masked),
    ]
    if paper.status == Paper.Status.SUPERSEDED and hasattr(paper, "superseded_by"):
        rows.append((_("替代它的文书"), paper.superseded_by.number))
    return [{"key": key, "value": value} for key, value in rows]
