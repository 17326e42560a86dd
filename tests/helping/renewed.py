"""Consents brought in anew after a stop."""

from datetime import timedelta

from applications.uploads import CleanFile
from helping.models import Mandate, MandateEnd, Renewal
from helping.standing import end_mandate, record_consent, renewing
from tests import world
from tests.helping import village
from tests.helping.village import AT

LATER = AT + timedelta(days=1)
DOCUMENT = "同意书2026-9号"
SCAN = CleanFile("consent.pdf", "application/pdf", b"%PDF-1.7 signed anew")


def stopped_villager(n=0, on=None):
    """Somebody who told the village clerk to stop."""
    person = village.villager(n, on=on).person
    end_mandate(world.user("township"), Mandate.objects.get(person=person), AT, capacity=MandateEnd.By.OFFICE)
    return person


def stop(helper, person):
    """The person once let this official help, and told them to stop."""
    terms = village.of_village(helper, village.office())
    mandate = record_consent(helper, person, terms, LATER)
    MandateEnd.objects.create(mandate=mandate, by=MandateEnd.By.OFFICE, ended_by=helper, at=LATER)


def brought(n=0, **changes):
    """What the clerk brings in."""
    person = village.somebody(n)
    told = {"name": person.name, "id_number": person.id_number, "document": DOCUMENT, "scan": SCAN}
    return renewing.Brought(**{"office": village.office().pk, **told, **changes})


def waiting(n=0, on=None) -> Renewal:
    """One that waits for a colleague."""
    stopped_villager(n, on)
    return renewing.ask(village.clerk(), brought(n), LATER)


def refused() -> Renewal:
    """One that a colleague did not accept."""
    return renewing.refuse(world.user("township"), waiting().public_id, "unreadable", LATER)
