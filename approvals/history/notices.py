"""Public notices, how they ended, and the objections raised against them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.models import Application
from approvals.history.entries import Entry, readable
from approvals.models import Objection, PublicNotice
from people.models import DataKey
from schemes.definition import SchemeDefinition


def notices(application: Application, definition: SchemeDefinition) -> Iterator[tuple[int, Entry]]:
    """Every notice with its objections."""
    for notice in application.notices.select_related("office").prefetch_related("objections__handled_by"):
        yield notice.round, Entry(notice.starts_at, _("开始公示"), notice.office.label)
        if notice.ended_at:
            yield notice.round, Entry(notice.ended_at, _notice_end(notice), notice.office.label)
        for objection in notice.objections.all():
            for entry in _objected(objection, application.data_key):
                yield notice.round, entry


def _notice_end(notice: PublicNotice) -> str:
    return _("公示结束：%(result)s") % {"result": notice.get_result_display()}


def _objected(objection: Objection, key: DataKey) -> Iterator[Entry]:
    yield Entry(objection.raised_at, _("收到异议"), text=readable(key, objection.text, "objection"))
    if objection.handled_at:
        result = _("异议处理：%(result)s") % {"result": objection.get_result_display()}
        answer = readable(key, objection.answer, "objection")
        yield Entry(objection.handled_at, result, str(objection.handled_by), answer)
