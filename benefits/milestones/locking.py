"""A milestone of a case, locked."""

from applications.door import Case
from benefits.models import Milestone
from people.refusals import NotFound


def locked(case: Case, place: int) -> Milestone:
    """The milestone at a place, locked. Raises NotFound where the case has none."""
    rows = Milestone.objects.select_for_update(of=("self",), no_key=True)
    milestone = rows.filter(application=case.application, place=place).first()
    if milestone is None:
        raise NotFound()
    return milestone
