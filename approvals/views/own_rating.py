"""好差评 on one's own case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications.own import Act
from applications.views.desk import applicant_page, applicant_render, open_desk
from approvals.forms.ratings import RatingForm
from approvals.ratings import rating
from approvals.ratings.shown import shown
from people.forms import tried


@applicant_page("GET", "POST")
def rate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Rate how the case was handled, or read the rating given and its answer."""
    desk = open_desk(request.user, public_id)
    form = RatingForm(request.POST if request.method == "POST" else None)
    result = tried(request, form, lambda _given: rating.rate(desk.user, public_id, form.rated(), desk.now))
    if result.done:
        messages.success(request, _("谢谢您的评价。"))
        return redirect("own:rate", public_id)
    given = rating.rated(desk.application)
    context = {
        "application": desk.application,
        "may": desk.may,
        "scheme": desk.application.definition,
        "form": form,
        "given": shown(desk.application, given) if given else None,
        "may_rate": given is None and desk.may.lets(Act.RATE) and bool(rating.stage_of(desk.application)),
    }
    return applicant_render(request, "approvals/ratings/own.html", context, status=result.status)
