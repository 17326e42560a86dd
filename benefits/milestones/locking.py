"""A milestone of a case, locked."""

from applications.door import Case
from benefits.models import Milestone
from people.finding import one_of


def locked(case: Case, place: int) -> Milestone:
    """The milestone at a place, locked. Raises NotFound where the case has none."""
    rows = Milestone.objects.select_for_update(of=("self",), no_key=True)
    return one_of(rows, application=case.application, place=place)
