"""Instalments of a grant: what the organisation reported of each, and what was ruled."""

from collections.abc import Iterator

from django.db.models import QuerySet

from applications.models import Application
from approvals.milestones import shown
from archives.sources.base import Found, Member, day, moment, page, pages_of
from benefits.milestones import reporting
from benefits.models import MilestoneReport

REFERENCE = "milestone:"
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


def found(application: Application) -> Iterator[Found]:
    """Every report with its paper."""
    for row in _reports(application):
        yield Found(
            f"{REFERENCE}{row.pk}",
            _title(row),
            day(row.reported_at),
            pages=1 + pages_of(reporting.paper_of(row, application), row.content_type),
            sha256=row.sha256,
        )


def members(application: Application, reference: str) -> Iterator[Member]:
    """What was said, the rulings on the instalment, and the paper as it was handed in."""
    row = _reports(application).get(pk=int(reference.removeprefix(REFERENCE)))
    one = shown.of_place(application, row.milestone.place, row.reported_at)
    assert one is not None
    facts = [("报告时间", moment(row.reported_at)), ("应完成的日期", row.milestone.due_on.isoformat())]
    said = [("完成情况", told.words) for told in one.reports if told.report.pk == row.pk]
    ruled = [
        ("已确认完成" if told.ruling.met else "没有确认", f"{told.ruling.decided_by.full_name}：{told.words}")
        for told in one.rulings
    ]
    yield page(_title(row), facts, [*said, *ruled])
    yield Member(ENDINGS[row.content_type], reporting.paper_of(row, application))


def _reports(application: Application) -> QuerySet[MilestoneReport]:
    rows = MilestoneReport.objects.filter(milestone__application=application)
    return rows.select_related("milestone").order_by("pk")


def _title(row: MilestoneReport) -> str:
    return f"第{row.milestone.place}期完成情况报告"
