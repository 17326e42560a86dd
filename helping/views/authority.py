"""By what right somebody fills in a draft for another person: asked once, before it is filed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications.views.desk import applicant_page, applicant_render, open_desk
from helping.forms.standing import AuthorityForm
from helping.standing import bodies_of, of_draft, shown, texts
from people.forms import tried
from people.refusals import NotFound


@applicant_page("GET", "POST")
def authority(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is on record, or the form that puts it there."""
    desk = open_desk(request.user, public_id)
    application = desk.application
    if not application.for_other or application.by_organisation:
        raise NotFound()
    if not desk.is_editable:
        return redirect("applications:detail", public_id)
    offices = bodies_of(desk.user, desk.now)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AuthorityForm(offices, *given)
    came = tried(
        request, form, lambda _given: of_draft.agree(desk.user, public_id, lambda: form.terms_for(desk.user), desk.now)
    )
    if came.done:
        messages.success(request, _("您和本人的关系、本人的同意已经登记。"))
        return redirect("applications:resume", public_id)
    mandate = of_draft.mandate_of(application, desk.answers, desk.user, desk.now)
    context = {
        "application": application,
        "scheme": application.definition,
        "named": bool(of_draft.number_in(desk.answers)),
        "name": desk.answers.get("name", ""),
        "help": shown.help_of(mandate, desk.now) if mandate else None,
        "form": form,
        "text": texts.current(),
    }
    return applicant_render(request, "helping/standing/authority.html", context, came.status)
