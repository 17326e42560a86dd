"""电话查询密码 of one's own case: whether there is one, a new one, and when the hotline looked."""

from django.http import HttpRequest, HttpResponse

from applications.states import State
from applications.views.desk import applicant_page, applicant_render, open_desk
from helping.models.pins import MOST_WRONG
from helping.pins import making
from people.refusals import NotFound


@applicant_page("GET", "POST")
def pin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sending the page makes a new PIN, which is shown this once."""
    desk = open_desk(request.user, public_id)
    if desk.application.state == State.DRAFT:
        raise NotFound()
    made = making.make(desk.user, public_id, desk.now) if request.method == "POST" else ""
    context = {
        "application": desk.application,
        "may": desk.may,
        "scheme": desk.application.definition,
        "made": f"{made[:3]} {made[3:]}" if made else "",
        "pin": making.pin_of(desk.application),
        "lookups": making.lookups_of(desk.application),
        "most": MOST_WRONG,
    }
    return applicant_render(request, "helping/pins/pin.html", context)
