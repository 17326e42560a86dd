"""Something real behind the addresses of visits and dossiers."""

import uuid
from datetime import timedelta

from approvals.models import Dossier, VisitPhoto
from approvals.visits import photos, planning, reporting
from project.demo.clerks import Case
from tests import world
from tests.approvals.filing_batches import minuted
from tests.approvals.visiting import picture, said

ON_A_VISIT = (
    "visit",
    "visit_cancel",
    "visit_photos",
    "visit_photo",
    "visit_signature",
    "visit_record",
)
ON_A_DOSSIER = (
    "dossier",
    "dossier_add",
    "dossier_remove",
    "dossier_minutes",
    "dossier_seal",
    "dossier_sheets",
    "dossier_pdf",
)


def visited(case: Case) -> VisitPhoto:
    """A photo of a visit the county's two officials reported."""
    reviewer, clerk, at = world.user("county-reviewer"), world.user("county-clerk"), case.at
    visit = planning.plan_one(reviewer, case.item().pk, clerk, at.date() + timedelta(days=1), at)
    photo = photos.add(reviewer, visit.pk, photos.Sent(uuid.uuid4(), picture(), "门口"), at)
    reporting.report(reviewer, visit.pk, said(at), at)
    return photo


def batched(case: Case) -> Dossier:
    """An open dossier of the prefecture with a case and its minutes."""
    _those, dossier, _at = minuted(case)
    return dossier


def arguments(case: Case, granted: Case) -> dict[str, object]:
    """What the addresses need: a visit to one case, a dossier of another."""
    photo, dossier = visited(case), batched(granted)
    return {
        **{f"approvals:{name}.pk": photo.visit_id for name in ON_A_VISIT},
        **{f"approvals:{name}.pk": dossier.pk for name in ON_A_DOSSIER},
        "photo_id": photo.public_id,
        "row": dossier.rows.get().pk,
    }
