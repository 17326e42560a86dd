"""How papers reached the person, and which were declared void."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications import remedy_clock
from applications.models import Application
from approvals.history.entries import Entry
from papers.models import Paper, PaperService
from schemes.definition import SchemeDefinition


def service(application: Application, definition: SchemeDefinition) -> Iterator[tuple[int, Entry]]:
    """Each record of service, with the last days of the remedies that run from it; each paper declared void."""
    rounds = list(application.rounds.values_list("number", "filed_at"))

    def round_of(paper: Paper) -> int:
        return max((number for number, filed_at in rounds if filed_at <= paper.issued_at), default=1)

    services = PaperService.objects.filter(paper__case_ref=application.public_id)
    for one in services.select_related("paper__data_key", "recorded_by").order_by("pk"):
        yield round_of(one.paper), _served(one)
    void = Paper.objects.filter(case_ref=application.public_id, status=Paper.Status.VOID)
    for paper in void.select_related("voiding__by"):
        yield round_of(paper), Entry(paper.voided_at, _("文书作废"), paper.voiding.by.full_name, paper=paper)


def _served(one: PaperService) -> Entry:
    known = {"title": one.paper.label, "way": one.get_way_display(), "day": f"{one.served_on:%Y-%m-%d}"}
    title = _("送达%(title)s：%(way)s，%(day)s") % known
    # A record that was replaced starts no clock.
    text = remedy_clock.in_words(one.paper) if one.served_on == one.paper.served_on else ""
    return Entry(one.recorded_at, title, one.recorded_by.full_name, text, paper=one.paper)
