"""Something real behind the addresses of yearly reports."""

from datetime import date

from papers.jobs import render_one
from payouts.yearly.issuing import issue_report
from payouts.yearly.report import Edition
from tests import stages, world


def arguments() -> dict[str, object]:
    """The year before, of the office that is supervised."""
    year = world.START.year - 1
    edition = Edition(stages.office("hrss"), year, date(year, 12, 31), public=True)
    report = issue_report(world.user("county-supervisor"), edition, world.START)
    render_one(report.paper_id, patient=False)
    return {"reports:pdf.pk": report.pk}
