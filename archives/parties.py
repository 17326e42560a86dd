"""Whose file a case belongs in: a person's, a household's, an organisation's."""

from dataclasses import dataclass

from django.utils import timezone

from applications.models import Application
from people.models import Household, HouseholdMember, Organisation, Person

HOUSEHOLD = "household"


@dataclass(frozen=True)
class Party:
    """The party of a file: `column` says which of the three it is."""

    column: str
    row: Person | Household | Organisation
    name: str

    @property
    def columns(self) -> dict[str, object]:
        """As a row of files names it."""
        return {self.column: self.row}


def party_of(application: Application) -> Party:
    """The organisation that applied; the household where the scheme is a household's and one is on record on the day of
    filing; else the person."""
    if application.by_organisation:
        return Party("organisation", application.organisation, application.organisation.name)
    household = _household_of(application) if application.definition.archetype == HOUSEHOLD else None
    if household is not None:
        return Party("household", household, household.head.name)
    return Party("person", application.subject, application.subject.name)


def _household_of(application: Application) -> Household | None:
    """一户一档: the household the person belonged to when the case was filed."""
    on = timezone.localdate(application.submitted_at)
    mine = HouseholdMember.objects.filter(person=application.subject, starts__lte=on).order_by("-starts", "-pk")
    membership = mine.select_related("household__head").first()
    if membership is None or (membership.ends and membership.ends < on):
        return None
    return membership.household
