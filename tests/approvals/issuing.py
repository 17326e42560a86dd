"""Papers of cases that were issued, and what officials do with them, for tests."""

from django.utils import timezone

from approvals.issued import correcting, recording
from approvals.issued.recording import Recorded
from approvals.letters.corrections import Slip
from papers.models import Paper
from tests import world
from tests.approvals.visiting import picture

APPROVER, REVIEWER = "prefecture-approver", "prefecture-reviewer"


def granted():
    """A grant of the prefecture, and its paper."""
    case = world.granted()
    return case, Paper.objects.get(case_ref=case.public_id, kind="grant")


def day_of(case):
    """The day it is for the case, in Beijing."""
    return timezone.localdate(case.at)


def by_hand(case, **changes):
    """Handed over on the day, with a photo of the receipt."""
    given = {"way": "hand", "on": day_of(case), "upload": picture(), "receiver": "本人", **changes}
    return Recorded(**given)


def served(user=REVIEWER):
    """A grant that was handed over."""
    case, paper = granted()
    return case, paper, recording.record(world.user(user), case.public_id, paper.pk, by_hand(case), case.later(1))


def slip_in(case, **changes):
    """The name of the applicant, with a character that is wrong."""
    name = case.application.subject.name
    given = {"wrong": name, "right": f"{name[0]}㛃", "reason": "录入时用错了字。", **changes}
    return Slip(**given)


def proposed(user=REVIEWER):
    """A grant whose name is to be corrected."""
    case, paper = granted()
    proposal = correcting.propose(world.user(user), case.public_id, paper.pk, slip_in(case), case.later(1))
    return case, paper, proposal
