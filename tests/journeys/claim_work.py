"""Something real behind the addresses of benefits that are claimed period by period."""

from datetime import date

from benefits.models import ClaimedMonth, Entitlement, PeriodClaim
from project.demo.clerks import Case
from tests import world
from tests.benefits import loan_rows


def arguments(granted: Case) -> dict[str, object]:
    """A granted case that took a month, as a periodic scheme's would."""
    case, month = granted.application, date(2026, 5, 1)
    whose = {"scheme_code": case.scheme_code, "holder": f"person:{case.subject_id}"}
    entitlement = Entitlement.objects.create(
        application=case,
        scheme_version=case.scheme_version,
        person=case.subject,
        first_month=month,
        months_claimed=1,
        opened_at=granted.at,
        **whose,
    )
    claim = PeriodClaim.objects.create(
        entitlement=entitlement, application=case, first_month=month, months=1, recorded_at=granted.at
    )
    ClaimedMonth.objects.create(claim=claim, month=month, **whose)
    kept = loan_rows.kept(world.user("county-reviewer"), granted.at)
    return {
        "approvals:loan_list.pk": kept.pk,
        "own:claim_next.public_id": granted.public_id,
        "approvals:periods.public_id": granted.public_id,
    }
