"""The hotline's one page: case number and PIN in, how the case stands out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit import chain
from helping.forms.hotline import LookupForm
from helping.pins.looking import ROLE, look_up, offices_of
from helping.pins.telling import told_of
from people.access import official_required
from people.forms import tried
from people.refusals import NotFound


@official_required(ROLE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hotline(request: HttpRequest) -> HttpResponse:
    """Look a case up for a caller. The answer stands on the page that was sent, and at no address of its own."""
    at, user = timezone.now(), request.user
    if not offices_of(user, at):
        raise NotFound()
    form = LookupForm(request.POST if request.method == "POST" else None)
    came = tried(request, form, lambda given: look_up(user, given["number"], given["pin"], at))
    if not came.done:
        return render(request, "helping/pins/hotline.html", {"form": form}, status=came.status)
    application = came.result
    chain.record_read(user.username, "hotline.read", subject=application.public_id)
    context = {
        "form": LookupForm(),
        "number": application.number,
        "told": told_of(application),
        "application": application,
    }
    return render(request, "helping/pins/hotline.html", context)
