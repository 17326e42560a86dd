"""Papers that no decision made: receipts, extensions, replies, sheets and records."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.models import Application
from approvals.history.entries import Entry
from papers.models import Paper
from schemes.definition import SchemeDefinition


def issued(application: Application, definition: SchemeDefinition) -> Iterator[tuple[int, Entry]]:
    """Each of them, in the round it was issued in. What a decision made stands with the opinion that made it."""
    papers = Paper.objects.filter(case_ref=application.public_id, decision__isnull=True).select_related("office")
    rounds = list(application.rounds.values_list("number", "filed_at"))
    for paper in papers:
        number = max((number for number, filed_at in rounds if filed_at <= paper.issued_at), default=1)
        title = _("出具文书：%(title)s") % {"title": paper.label}
        yield number, Entry(paper.issued_at, title, paper.office.label, paper=paper)
