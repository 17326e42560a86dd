"""我的个人信息: what is kept about the reader, who looked at it, and what they may ask."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from applications.views.desk import applicant_page, applicant_render
from archives.forms_my_data import CorrectionForm, SureForm
from archives.models import DataRequest
from archives.my_data import about, agreed, copies, corrections, erasures, mandates, reads
from archives.my_data.about import Kept
from archives.my_data.corrections import Asked
from archives.my_data.verdicts import WORDS
from people import consents
from people.forms import tried
from people.models import ConsentText
from people.refusals import NotFound
from people.vault import VaultError

COPIES_SHOWN, REQUESTS_SHOWN = 5, 20
HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}


@applicant_page("GET")
def show(request: HttpRequest) -> HttpResponse:
    """Everything on one page, numbers masked."""
    at, user = timezone.now(), request.user
    kept = about.cases_of(user, at)
    titles = {one.application.public_id: one.application for one in kept}
    looks = reads.reads_of(titles, user.username)
    context = {
        "account": user,
        "person": about.person_of(user),
        "numbers": _numbers(request),
        "cases": kept,
        "consents": about.consents_of(user),
        "helpers": mandates.for_me(user, at),
        "helped": mandates.by_me(user, at),
        "reads": [{"read": look, "application": titles[look.case]} for look in looks],
        "copies": user.data_exports.order_by("-pk")[:COPIES_SHOWN],
        "requests": [_request(row) for row in user.data_requests.select_related("data_key")[:REQUESTS_SHOWN]],
        "warned": [one.application for one in kept if _is_warned(one)],
        "at": at,
    }
    return applicant_render(request, "archives/my_data/show.html", context)


def _is_warned(kept: Kept) -> bool:
    """Whether a draft of theirs will be erased soon: what is held meanwhile stays."""
    return kept.verdict.code == "draft" and hasattr(kept.application, "draft_warning")


def _numbers(request: HttpRequest) -> list[dict[str, str]]:
    person = about.person_of(request.user)
    if person is None:
        return []
    found, labels = about.numbers_of(person, masked=True), about.labels()
    return [{"key": labels[field], "value": value or _("没有")} for field, value in found.items()]


def _request(row: DataRequest) -> dict[str, object]:
    """A request with its answer in words."""
    try:
        if row.kind == DataRequest.Kind.ERASURE:
            told = erasures.told_in(row)
            return {"row": row, "answers": [{**one, "words": str(WORDS[one["code"]])} for one in told], "answer": ""}
        return {"row": row, "answers": [], "answer": corrections.answer_of(row)}
    except VaultError:
        return {"row": row, "answers": [], "answer": _("（内容已经销毁）")}


@applicant_page("POST")
def ask_copy(request: HttpRequest) -> HttpResponse:
    """Have a copy made."""
    copies.ask(request.user, timezone.now())
    messages.success(request, _("已开始生成副本。完成后可以在本页下载，保留7天。"))
    return redirect("my_data:show")


@applicant_page("GET")
def copy(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The copy, to whom it is about. That it was taken is noted before the first byte is sent."""
    found = copies.copy_of(request.user, pk)
    frames = copies.opened(found, timezone.now())
    response = StreamingHttpResponse(frames, content_type="application/zip", headers=HEADERS)
    response.headers["Content-Length"] = str(found.size)
    name = f"my-data-{found.ready_at:%Y%m%d}.zip"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@applicant_page("GET", "POST")
def correct(request: HttpRequest) -> HttpResponse:
    """Ask for a correction."""
    at = timezone.now()
    cases = corrections.correctable(request.user, at)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CorrectionForm(cases, *sent)
    came = tried(request, form, lambda given: corrections.ask(request.user, Asked(**given), at))
    if came.done:
        messages.success(request, _("更正请求已经提交，由办理机关核对后答复。"))
        return redirect("my_data:show")
    context = {"form": form if cases or form.is_bound else None}
    return applicant_render(request, "archives/my_data/correct.html", context, status=came.status)


@applicant_page("GET", "POST")
def erase(request: HttpRequest) -> HttpResponse:
    """What can be erased and what cannot, and why; sending the page erases what can be."""
    at = timezone.now()
    form = SureForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        erasures.ask(request.user, at)
        messages.success(request, _("已经答复。没有提交的草稿已经删除；其余的见下面的答复。"))
        return redirect("my_data:show")
    context = {"form": form, "cases": about.cases_of(request.user, at)}
    return applicant_render(request, "archives/my_data/erase.html", context, status=422 if form.is_bound else 200)


@applicant_page("GET", "POST")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The effects of taking a consent back, then doing it."""
    at = timezone.now()
    consent = agreed.consent_of(request.user, pk)
    form = SureForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        agreed.withdraw(request.user, pk, at)
        messages.success(request, _("已撤回同意。"))
        return redirect("my_data:show")
    effect = str(agreed.EFFECTS[agreed.effect_of(request.user, consent, at)])
    context = {"form": form, "consent": consent, "effect": effect}
    return applicant_render(request, "archives/my_data/take_back.html", context, status=422 if form.is_bound else 200)


@applicant_page("GET")
def text(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """A version of a text as it was shown."""
    try:
        found = consents.recorded(code, version)
    except ConsentText.DoesNotExist as error:
        raise NotFound() from error
    return applicant_render(request, "archives/my_data/text.html", {"text": found})
