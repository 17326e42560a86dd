"""「看看我能办什么」: one page of questions after the other, then what may be for this person. Open to everyone."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications.finding import Questioning, found_for
from applications.views.apply import chosen_county
from applications.views.desk import applicant_render


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The next page of questions, or the result. Answers come in the form and leave with the page."""
    today = timezone.localdate()
    questioning = Questioning(request.POST if request.method == "POST" else QueryDict(), today)
    step = questioning.step()
    if step is None:
        return _result(request, questioning)
    context = {
        "page": step.page,
        "form": step.form,
        "step": step,
        "carried": list(questioning.carried(but=step.page.code)),
        "before": questioning.before(step.page.code),
    }
    status = 422 if step.form.is_bound else 200
    return applicant_render(request, "applications/find.html", context, status=status)


def _result(request: HttpRequest, questioning: Questioning) -> HttpResponse:
    answers = questioning.answers
    county = chosen_county(request)
    groups = found_for(answers, timezone.localdate())
    context = {
        "groups": groups,
        "found": sum(len(group.found) for group in groups),
        "query": f"?{urlencode({'division': county.pk})}" if county else "",
        "county": county,
        "uncertified": answers.get("disability") == "not_yet",
        "carried": list(questioning.carried()),
    }
    return applicant_render(request, "applications/found.html", context)
