"""The demonstration's seals: electronic ones that say 样章, and offices that still seal by hand."""

from datetime import date, datetime

from papers.models import Seal
from papers.seals import demo, register
from people.models import Office

BY = "demo"
YEARS_BEFORE, YEARS_AFTER = 2, 3
SEALED_BY_HAND = "532523"  # this county's offices have no electronic seals; nor have schools


def build(at: datetime) -> None:
    """Give every office that has no seal its seal."""
    first, last = date(at.year - YEARS_BEFORE, 1, 1), date(at.year + YEARS_AFTER, 12, 31)
    for office in Office.objects.exclude(pk__in=Seal.objects.values("office")).order_by("pk"):
        if office.function == Office.Function.SCHOOL or office.division_id.startswith(SEALED_BY_HAND):
            register.add_wet(office, f"{office.name}公章", first, BY, at)
        else:
            name = f"{office.name}电子印章"
            source = (Seal.Provider.DEMO, demo.certificate_for(name, first, last), "")
            register.add_electronic(office, name, source, BY, at)
