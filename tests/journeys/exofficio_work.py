"""Something real behind the addresses of ex officio cases, reviews and complaints."""

from datetime import timedelta

from approvals.complaints import filing
from project.demo.clerks import Case
from tests import world
from tests.approvals.exofficio import Taken
from tests.benefits import waived


def arguments(case: Case, granted: Case) -> dict[str, object]:
    """A revocation the person was told of, and a complaint about how the county handles a case."""
    later, granted.at = granted.at, granted.at + timedelta(hours=1)
    taken = Taken(granted, "revoke", reviewer="prefecture-reviewer", approver="prefecture-approver").tell()
    granted.at = later
    complaint = filing.complain(case.user, case.public_id, filing.Complained("service", "一直没有答复。"), case.at)
    phase_out, waiver = world.phase_out_granted().public_id, waived.in_force().public_id
    return {
        "own:change.public_id": phase_out,
        "own:come_back.public_id": phase_out,
        "own:waiver_change.public_id": waiver,
        "approvals:waiver.public_id": waiver,
        "approvals:waiver_act.public_id": waiver,
        "approvals:waiver_act.name": "check",
        "approvals:ex_officio.public_id": taken.public_id,
        "approvals:review_confirm.public_id": granted.public_id,
        "approvals:phase_out.public_id": phase_out,
        "approvals:complaint.pk": complaint.pk,
        "own:statement.public_id": taken.public_id,
    }
