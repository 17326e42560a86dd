"""A paper looked up by its code."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from papers.codes import grouped, is_code, normalised
from papers.models import Paper
from papers.views import by_file
from papers.views.parts import NOT_FOR_SEARCH_ENGINES, form, rows, too_many

View = Callable[..., HttpResponse]
LOOK_UPS_A_MINUTE = 30


def public_page(view: View) -> View:
    """A page for everybody: never cached, never in a search engine."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = NOT_FOR_SEARCH_ENGINES
        return response

    return page


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The form; a code given in the address leads to its result, a file that is sent is checked."""
    if request.method == "POST":
        return by_file.check(request)
    typed = request.GET.get("code")
    if typed is None:
        return form(request)
    code = normalised(typed)
    if not is_code(code):
        return form(request, typed, _misread(code))
    return redirect("papers:result", code=code)


@public_page
@require_safe
def result(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of a code: 404 with advice when nothing is, 429 when somebody tries too many."""
    refused = too_many(request, "verify", LOOK_UPS_A_MINUTE)
    if refused is not None:
        return refused
    wanted = normalised(code)
    paper = Paper.objects.filter(verify_code=wanted).select_related("office", "superseded_by").first()
    if paper is None:
        shown = grouped(wanted) if is_code(wanted) else ""
        return render(request, "papers/unknown.html", {"code": shown}, status=404)
    return render(request, "papers/result.html", {"paper": paper, "rows": rows(paper)})


def _misread(code: str) -> str:
    if not code:
        return _("请输入核验码。")
    return _("核验码应为12位字母和数字，没有数字0、1，也没有字母I、O。请对照文书逐位核对。")
