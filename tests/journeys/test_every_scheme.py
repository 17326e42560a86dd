"""Every scheme one can file is filed in its place and comes to its decision, with its paper and what it gives."""

import pytest

from approvals.models import Decision
from benefits.models import Due, Grant, PhaseOut, Service, Waiver
from papers.models import Paper
from schemes.files.catalogue_files import read_schemes
from tests import walking

pytestmark = pytest.mark.django_db
FILED = [scheme for scheme in read_schemes() if scheme.can_be_filed]
GIVEN = {
    "grant": Grant,
    "periodic": Grant,
    "institution_grant": Grant,
    "interest_subsidy": Grant,
    "waiver": Waiver,
    "phase_out": PhaseOut,
    "service": Service,
}
# Papers that accompany the way; acceptance (or handing on) and the outcome are the two every case has.
BESIDE = ("receipt", "notice_sheet", "agreement", "certificate")


@pytest.mark.parametrize("scheme", FILED, ids=lambda scheme: scheme.code)
def test_a_scheme_comes_to_its_decision(scheme):
    case = walking.of(scheme.code).to_the_decision()
    application = case.application
    refers = scheme.offered_as == "refer"
    assert application.state == ("answered" if refers else "granted")
    assert Decision.objects.filter(application=application, kind="answer" if refers else "grant").count() == 1
    assert Paper.objects.filter(case_ref=application.public_id).exclude(kind__in=BESIDE).count() == 2
    if refers:
        return
    assert GIVEN[scheme.benefit_kind].objects.filter(application=application).count() == 1
    owed = sum(due.amount for due in Due.objects.filter(application=application))
    assert owed == (application.amount if scheme.pays_money else 0)
