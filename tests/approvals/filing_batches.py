"""Dossiers for tests: opened, filled, minuted, sealed."""

from datetime import timedelta

from django.utils import timezone

from approvals.dossiers import cases, minutes, opening, sealing
from approvals.models import Dossier
from people.models import Office
from tests import world

OPENER, SEALER = "prefecture-reviewer", "prefecture-approver"


def office():
    """The office whose dossiers these are: the prefecture decides the grant."""
    return Office.objects.get(division_id="532500", function="hrss")


def wanted(case, **changes):
    """What a dossier for this case is opened for: its school, the school year it was filed in."""
    given = {
        "office": office().pk,
        "scheme": "grad-jobseeking",
        "period": "s2026",
        "request_to": "红河州人民政府",
        "school": case.application.subject_office_id,
    }
    return opening.Opening(**given | changes)


def opened(*those, **changes):
    """Granted cases and an open dossier for them, with nothing in it yet."""
    those = those or (world.granted(2),)
    at = max(case.at for case in those) + timedelta(hours=1)
    return those, opening.open_dossier(world.user(OPENER), wanted(those[0], **changes), at), at


def filled(*those, **changes):
    """An open dossier with cases in it."""
    those, dossier, at = opened(*those, **changes)
    results = cases.add(world.user(OPENER), dossier.pk, [case.public_id for case in those], at)
    assert not any(result.why_not for result in results), results
    return those, dossier, at


def meeting(at, **changes):
    """A meeting as its minutes have it."""
    given = {
        "held_on": timezone.localdate(at),
        "place": "三楼会议室",
        "chair": "州级审批岗·陈",
        "present": (
            minutes.Present("州级审批岗·陈", "红河州人力资源和社会保障局"),
            minutes.Present("段某", "红河州残疾人联合会"),
            minutes.Present("周某", "红河州财政局"),
        ),
        "votes_for": 2,
        "votes_against": 0,
        "abstained": 1,
        "text": "逐件核对材料，同意报送。",
    }
    return minutes.Minutes(**given | changes)


def minuted(*those):
    """A dossier that lacks nothing but its seal."""
    those, dossier, at = filled(*those)
    minutes.write(world.user(OPENER), dossier.pk, meeting(at), at)
    return those, dossier, at


def sealed(*those):
    """A dossier that was sealed."""
    those, dossier, at = minuted(*those)
    sealing.seal(world.user(SEALER), dossier.pk, at + timedelta(hours=1))
    return those, Dossier.objects.select_related("paper__data_key").get(pk=dossier.pk), at
