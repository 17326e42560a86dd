"""One student of a batch: their consent and filing; and the student's own page to agree on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from applications.views.desk import applicant_page, applicant_render
from audit import chain
from helping.forms.consent import PresentConsentForm
from helping.models import Mandate
from helping.schools import bringing, consenting, filing, shown
from helping.schools.words import words_of
from helping.standing.texts import current as consent_text
from people.access import official_required
from people.forms import tried


@official_required(bringing.ROLE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def student(request: HttpRequest, school_batch: int, student: int) -> HttpResponse:
    """Whose draft it is and what it lacks; sending the page records the consent given at the school."""
    at, user = timezone.now(), request.user
    found = consenting.student_of(user, school_batch, student, at)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PresentConsentForm(*data)

    def keep(_given: dict[str, Any]) -> Mandate:
        return consenting.consent_at_school(user, found, form.said(), at)

    came = tried(request, form, keep)
    if came.done:
        messages.success(request, _("本人的同意已经登记。"))
        return redirect("helping:school_batch", school_batch)
    chain.record_read(user.username, "school.read", subject=f"school-{school_batch}", data={"row": found.row})
    context = {"one": shown.student_shown(user, found, at), "form": form, "text": consent_text(), "batch": found.batch}
    return render(request, "helping/schools/student.html", context, status=came.status)


@official_required(bringing.ROLE)
@never_cache
@require_POST
def file(request: HttpRequest, school_batch: int, student: int) -> HttpResponse:
    """File this one draft."""
    at, user = timezone.now(), request.user
    found = consenting.student_of(user, school_batch, student, at)
    bringing.check_keeper(user, found.batch)
    code = filing.file_one(user, found.pk, at)
    if code:
        messages.error(request, words_of(code))
    else:
        messages.success(request, _("申请已提交。"))
    return redirect("helping:school_batch", school_batch)


@applicant_page("GET", "POST")
def asked(request: HttpRequest) -> HttpResponse:
    """The drafts that schools made for the reader; a POST agrees to one of them."""
    at, user = timezone.now(), request.user
    if request.method == "POST":
        number = request.POST.get("student", "")
        consenting.consent_myself(user, int(number) if number.isdecimal() and len(number) < 18 else 0, at)
        messages.success(request, _("您的同意已经登记。学校提交以后，可以在“谁在替我办理”里看到。"))
        return redirect("school_asks:list")
    context = {"students": consenting.asked_of(user), "text": consent_text()}
    return applicant_render(request, "helping/schools/asked.html", context)
