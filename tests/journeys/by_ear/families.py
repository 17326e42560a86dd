"""Every family of schemes, each by one of it, and the whole way of one by ear."""

from typing import Any

from applications.models import Application
from people.models import Division
from tests import walking
from tests.journeys.by_ear.ears import Ears
from tests.journeys.by_ear.form import Form
from tests.journeys.by_ear.way import OTHER, OWN, Way

FAMILIES = {
    "grant": "skills-training-cap",
    "waiver": "lottery-terminal-fee-cancel",
    "phase_out": "dibao-phase-out",
    "periodic": "severe-care-post",
    "institution_grant": "aux-employment-institution",
    "interest_subsidy": "startup-guarantee-loan",
    "service": "assistive-devices",
    "referral": "home-service-support",
}
WAYS = {"applicant": OWN, "helper": OTHER}


def file_by_ear(ears: Ears, clock: Any, family: str, account: str) -> Application:
    """The case that somebody files at this window, on the day and in the place that the scheme's case book tells of."""
    walk = walking.of(FAMILIES[family])
    walk.staff()
    clock.move_to(walk.at)
    county = Division.objects.get(pk=Division.objects.get(pk=walk.division).at_level("county"))
    way = Way(ears, Form(walk.definition, walk.answers()))
    filed = way.to_the_receipt(account, county, WAYS[account])
    return Application.objects.get(number=filed.number)
