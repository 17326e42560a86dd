"""True rows of grants paid in instalments, for breaking the constraints of the database from them."""

from datetime import timedelta

from approvals.models import MilestoneRuling
from benefits.models import Milestone, MilestoneExtension, MilestoneReminder, MilestoneReport
from tests import world
from tests.benefits import instalments as staged


def granted():
    """A grant in instalments."""
    staged.publish()
    return staged.granted()


def milestone() -> Milestone:
    """One that is awaited."""
    return staged.milestone(granted())


def report() -> MilestoneReport:
    """What the organisation reported."""
    return staged.report(granted())


def extension() -> MilestoneExtension:
    """A day put off."""
    case = granted()
    return staged.put_off(case, staged.milestone(case).due_on + timedelta(days=30))


def reminder() -> MilestoneReminder:
    """A day that was told of."""
    row = milestone()
    return MilestoneReminder.objects.create(milestone=row, due_on=row.due_on, reminded_at=world.START)


def ruling() -> MilestoneRuling:
    """What a third said."""
    return staged.met(granted())
