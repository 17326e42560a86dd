"""One true row of each kind of what an office does beside deciding: visits and dossiers."""

from approvals.models import Dossier, DossierCase, DossierMinutes, Visit, VisitPhoto
from tests import world
from tests.approvals import filing_batches, visiting


def visit() -> Visit:
    """A visit that is planned."""
    return visiting.planned()[1]


def visit_made() -> Visit:
    """A visit that was reported and signed."""
    return visiting.reported()[1]


def visit_photo() -> VisitPhoto:
    """A photo of a visit."""
    return visiting.photographed()[2]


def dossier() -> Dossier:
    """A dossier that is open."""
    return filing_batches.opened()[1]


def dossier_sealed() -> Dossier:
    """A dossier that was sealed."""
    return filing_batches.sealed()[1]


def dossier_case() -> DossierCase:
    """A case in a dossier."""
    return filing_batches.filled()[1].rows.get()


def dossier_elsewhere() -> DossierCase:
    """A case in a dossier, as a row of another one."""
    (case,), _dossier, _at = filing_batches.filled()
    row = DossierCase.objects.get()
    row.dossier = filing_batches.opened(case)[1]
    return row


def another_case() -> DossierCase:
    """A case in a dossier, as the row of another case."""
    row = dossier_case()
    row.application = world.granted(4).application
    return row


def dossier_minutes() -> DossierMinutes:
    """The minutes of a dossier."""
    return filing_batches.minuted()[1].minutes.get()
