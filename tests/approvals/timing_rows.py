"""True rows of time and signatures, for the tests that break each rule of the database once."""

from applications.models import Duration, TimeNote
from approvals.models import FirstSignature
from approvals.timing import changes
from tests import chained, world
from tests.stages import TEXT, office, official


def duration() -> Duration:
    """How long cases took somewhere."""
    row = {"cases": 12, "half": 7, "nine_tenths": 15, "counted_on": world.START.date()}
    return Duration.objects.create(scheme_code=chained.GRANT, division_id="532503", **row)


def time_note() -> TimeNote:
    """A limit that was extended."""
    case = world.grant(2).submit().say("accept")
    overseer = official("overseer", office("hrss"), "supervisor")
    changes.extend(overseer, case.item().pk, 3, TEXT, case.later(1))
    return TimeNote.objects.get(application=case.application)


def first_signature() -> FirstSignature:
    """A decision one approver has proposed."""
    chained.publish(chained.GRANT, chained.with_stage("decide", two_persons=True))
    case = world.at_decision().say("grant")
    return FirstSignature.objects.get(application=case.application)
