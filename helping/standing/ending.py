"""Ending a mandate: by the person, by the helper, or by an official to whom the person said so."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from approvals.scope import visible_cases
from helping.models import CasePin, Mandate, MandateEnd, PinLookup
from helping.standing import about, asking
from helping.standing.recording import record
from people.models import User
from people.posts import posts_of
from people.refusals import Conflict, NotFound

BY = MandateEnd.By
CLERK = "clerk"
# assumed: how long a call lasts in which somebody first asks about a case and then has the help ended.
ON_THE_TELEPHONE = timedelta(minutes=30)


def end_mandate(by: User, mandate: Mandate, at: datetime, *, capacity: str = "") -> MandateEnd:
    """End a mandate now. `capacity` (see MandateEnd.By) is told where an official does it because the person asked.

    Raises NotFound for whoever has nothing to do with it, Conflict where it was ended before.
    """
    with transaction.atomic():
        locked = Mandate.objects.select_for_update(of=("self",), no_key=True).get(pk=mandate.pk)
        told = _capacity(by, locked, at, capacity)
        if MandateEnd.objects.filter(mandate=locked).exists():
            raise Conflict(_("这项帮办已经停止。"), code="ended")
        end = MandateEnd.objects.create(mandate=locked, by=told, ended_by=by, at=at)
        _end_pins(locked, at)
        record("mandate.ended", locked, by, at, capacity=told)
    return end


def _end_pins(mandate: Mandate, at: datetime) -> None:
    """Who hears by PIN how the case stands is the person's to say: a PIN made for them ends with the help."""
    pins = CasePin.objects.filter(application__in=about.under(mandate), ended_at__isnull=True)
    pins.exclude(made_by__person=mandate.person_id).update(ended_at=at)


def _capacity(by: User, mandate: Mandate, at: datetime, given: str) -> str:
    if by.person_id == mandate.person_id:
        return BY.PERSON
    if by.pk == mandate.helper_id and not given:
        return BY.HELPER
    if given in (BY.OFFICE, BY.HOTLINE) and may_end_for(by, mandate, at):
        return given
    if given == BY.HOTLINE and answered_just_now(by, mandate, at):
        return given
    raise NotFound()


def may_end_for(by: User, mandate: Mandate, at: datetime) -> bool:
    """Whether an official may end it because the person asked: of the office that helps, or who sees such a case."""
    held = {post.role for post in posts_of(by, at) if post.office_id == mandate.office_id}
    if CLERK in held or (held & asking.HELPING_ROLES and mandate.helper_id == by.pk):
        return True
    return visible_cases(by, at).filter(pk__in=about.under(mandate).values("pk")).exists()


def answered_just_now(by: User, mandate: Mandate, at: datetime) -> bool:
    """Whether the hotline has just told the person, who gave number and PIN, how a case under it stands."""
    lately = PinLookup.objects.filter(operator=by, outcome=PinLookup.Outcome.SHOWN, at__gte=at - ON_THE_TELEPHONE)
    return lately.filter(application__in=about.under(mandate)).exists()
