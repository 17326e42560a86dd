"""Complaints as part of the story of a case, for those who may read them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.models import Application
from approvals.complaints.filing import ANSWER, TEXT
from approvals.history.entries import Entry, readable, who


def complaints(application: Application) -> Iterator[tuple[int, Entry]]:
    """Every complaint and its answer, by round."""
    key = application.data_key
    for complaint in application.complaints.select_related("by", "office", "handled_by"):
        about = _("提出投诉：%(kind)s") % {"kind": complaint.get_kind_display()}
        yield complaint.round, Entry(complaint.made_at, about, str(complaint.by), readable(key, complaint.text, TEXT))
        if complaint.handled_at:
            result = _("投诉处理：%(result)s") % {"result": complaint.get_result_display()}
            by = who(complaint.handled_by, None, complaint.office.label)
            yield complaint.round, Entry(complaint.handled_at, result, by, readable(key, complaint.answer, ANSWER))
