"""True rows of household changes and of linked cases, for breaking the constraints of the database from them."""

from benefits.models import CaseLink, ChangeOutcome, HouseholdChange
from tests import world
from tests.benefits import changed


def change() -> HouseholdChange:
    """A change that was reported."""
    return changed.report(world.phase_out_granted(months=6))


def outcome() -> ChangeOutcome:
    """What came of one, as it would be written once more for another change."""
    row = changed.reverted()
    row.change = change_of_another(row)
    return row


def settled_by_reporter() -> ChangeOutcome:
    """The same, by whoever reported the change."""
    row = outcome()
    row.decided_by = row.reported_by
    return row


def change_of_another(row: ChangeOutcome) -> HouseholdChange:
    """A second change of the same phase-out that nobody has settled."""
    other = row.change
    other.pk = None
    other.save()
    return other


def link() -> CaseLink:
    """A case that follows from another, as it would be written."""
    previous, following = world.granted().application, world.grant(4).application
    return CaseLink(application=following, previous=previous, kind="reinclusion", made_at=world.START)


def link_to_itself() -> CaseLink:
    """The same, with nothing before it."""
    row = link()
    row.application = row.previous
    return row
