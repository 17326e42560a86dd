"""A paper of one's own case as it was sealed by hand and scanned."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from applications import receiving
from applications.views.desk import applicant_page, open_desk
from applications.views.files import file_response
from applications.views.issued import PDF, paper_of
from papers.models import Paper
from papers.seals import scans
from people.refusals import NotFound


@applicant_page("GET")
def paper_scan(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """The latest scan as a download. NotFound where there is none, and of a paper that is void."""
    desk = open_desk(request.user, public_id)
    found = paper_of(public_id, paper)
    scan = scans.latest_of(found)
    if scan is None or found.status == Paper.Status.VOID:
        raise NotFound()
    receiving.opened(desk.user, public_id, found)
    name = _("%(title)s（%(number)s）盖章扫描件.pdf") % {"title": found.title, "number": found.number}
    return file_response(scans.scan_bytes(scan), PDF, name)
