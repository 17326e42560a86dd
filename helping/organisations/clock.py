"""Letters of authority by the clock: their holders are warned before the last day, once, late or not."""

from datetime import datetime

from django.db import transaction

from applications.each import done_for_each
from helping.models import LetterWarning, OrganisationLetter
from helping.organisations import ending, notices


def warn_of_ends(at: datetime) -> int:
    """Warn the holders of letters that run out soon; how many were warned. Of one that ran out nothing is told."""
    due = ending.soon(at).filter(warning__isnull=True).order_by("ends", "pk")
    return done_for_each(due.values_list("pk", flat=True), lambda pk: _warn(pk, at))


@transaction.atomic
def _warn(pk: int, at: datetime) -> bool:
    """Under the letter's lock: it may have been ended, or another run may have warned, since it was found."""
    OrganisationLetter.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    letter = ending.soon(at).select_related("organisation__data_key").filter(pk=pk, warning__isnull=True).first()
    if letter is None:
        return False
    LetterWarning.objects.create(letter=letter, warned_at=at)
    notices.ends_soon(letter, at)
    return True
