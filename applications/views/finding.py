"""「看看我能办什么」: one page of questions after the other, then what may be for this person. Open to everyone.

A page that was answered leads to the address of the next one; the answers go along with the visitor's browser
(`applications.told_before`), so that every address can be opened again: in the other language, or on the way back.
"""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications import told_before
from applications.finding import RESULT, Questioning, found_for
from applications.forms import QuestionsForm
from applications.views.desk import applicant_render
from people.models import Division
from people.refusals import NotFound

CLEAR, BACK, STEP, PAGE = "clear", "back", "step", "page"
LONGEST_ANSWER = 40
MOST_ANSWERS = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """A page of questions, or the result (GET); sending a page leads to the next one (POST)."""
    questioning = Questioning(told_before.read(request), timezone.localdate())
    if request.method == "POST":
        return _answer(request, questioning)
    wanted = request.GET.get(PAGE, "")
    code = questioning.reachable(wanted)
    if wanted and code != wanted:
        return redirect(_url(code))
    return _result(request, questioning) if code == RESULT else _show(request, questioning, code)


def _answer(request: HttpRequest, questioning: Questioning) -> HttpResponse:
    """Keep what is right; a page with faults is shown again, unless its sender wants back."""
    if CLEAR in request.POST:
        response = redirect("apply:find")
        told_before.forget(response)
        return response
    page = next((page for page in questioning.asked if page.code == request.POST.get(STEP)), None)
    if page is None:
        raise NotFound()
    typed = {name: [one[:LONGEST_ANSWER] for one in values[:MOST_ANSWERS]] for name, values in request.POST.lists()}
    if not questioning.typed and page is not questioning.asked[0]:
        messages.info(request, _("您的回答已经作废（过了半小时，或者已经清除）。请从头回答。"))
    form, kept = questioning.bound(page, typed), questioning.with_page(page, typed)
    after, back = Questioning(kept, timezone.localdate()), request.POST.get(BACK, "")
    if form.is_valid() or back:
        response = redirect(_url(after.reachable(back) if back else _after(after, page.code)))
    else:
        response = _show(request, questioning, page.code, form)
    told_before.keep(response, kept)
    return response


def _after(questioning: Questioning, code: str) -> str:
    """The page that follows one."""
    codes = [*(page.code for page in questioning.asked), RESULT]
    return questioning.reachable(codes[codes.index(code) + 1])


def _url(code: str) -> str:
    return f"{reverse('apply:find')}?{urlencode({PAGE: code})}"


def _show(request: HttpRequest, questioning: Questioning, code: str, form: QuestionsForm | None = None) -> HttpResponse:
    step = questioning.step(code, form)
    context = {"page": step.page, "form": step.form, "step": step, "answered": bool(questioning.typed)}
    if step.before:
        context["before_url"] = _url(step.before)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None else HTTPStatus.OK
    return applicant_render(request, "applications/find.html", context, status=status)


def _result(request: HttpRequest, questioning: Questioning) -> HttpResponse:
    answers = questioning.answers
    county = Division.objects.select_related("parent").get(pk=answers["division"])
    groups = found_for(answers, timezone.localdate())
    context = {
        "groups": groups,
        "found": sum(len(group.found) for group in groups),
        "query": f"?{urlencode({'division': county.pk})}",
        "county": county,
        "uncertified": answers.get("disability") == "not_yet",
        "change_url": _url("place"),
    }
    return applicant_render(request, "applications/found.html", context)
