"""Something real behind the addresses of grants paid in instalments."""

from datetime import timedelta

from benefits.milestones import reporting
from benefits.models import Milestone
from project.demo.clerks import Case
from tests.approvals.visiting import picture


def arguments(granted: Case) -> dict[str, object]:
    """A granted case as if a part of it were paid when works are accepted: reported with a photo."""
    application = granted.application
    Milestone.objects.create(
        grant=application.grant_given,
        application=application,
        place=1,
        occasion="works",
        percent=100,
        due_on=granted.at.date() + timedelta(days=180),
    )
    told = reporting.Told("设备已经安装。", picture("works.jpg"))
    report = reporting.report(granted.user, granted.public_id, 1, told, granted.at)
    return {
        "own:milestone.public_id": granted.public_id,
        "approvals:milestones_of.public_id": granted.public_id,
        "approvals:milestone_paper.public_id": granted.public_id,
        "approvals:milestone_paper.pk": report.pk,
        "approvals:milestone_act.public_id": granted.public_id,
        "approvals:milestone_act.name": "put-off",
    }
