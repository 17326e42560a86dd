"""What a waiver is about: the terms of the decision, the agreement, and where it is run. Inside the door."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from applications import answers as answers_of
from applications.door import Case
from applications.models import Application
from benefits.models import Waiver, WaiverAgreement, WaiverOutlet, WaiverTerms
from papers.models import Paper
from people import vault
from people.finding import one_of

# assumed: no text says how often it is checked that the revival clause has not been met; days.
CHECK_EVERY = timedelta(days=365)
PLACE = "waiver.place"
ZERO = Decimal("0.00")
Relief = WaiverTerms.Relief
DEPOSITS = frozenset({Relief.DEPOSIT_WAIVED, Relief.DEPOSIT_REDUCED})


def locked(case: Case) -> Waiver:
    """The waiver of the case, locked. Raises NotFound where there is none."""
    return one_of(Waiver.objects.select_for_update(of=("self",), no_key=True), application=case.application)


def write(case: Case, waiver: Waiver) -> WaiverTerms:
    """Write down what was relieved, as the answers stand on the day of the decision; a spacing has no money."""
    given = answers_of.read(case.application)
    due = Decimal(given.get("deposit_due") or given.get("fee_due") or ZERO)
    kind = _relief_of(case.application, waiver.relief, due)
    money = kind != Relief.SPACING
    return WaiverTerms.objects.create(
        waiver=waiver,
        relief_kind=kind,
        due_before=due if money else ZERO,
        paid_before=Decimal(given.get("deposit_paid") or ZERO) if money else ZERO,
        term_ends=date.fromisoformat(given["lease_to"]) if given.get("lease_to") else None,
        written_at=case.at,
    )


def _relief_of(application: Application, relief: Decimal, due: Decimal) -> str:
    """What its scheme says it relieves; that of a deposit is told apart by how much of it is relieved."""
    if application.definition.calculation == "deposit_relief":
        return Relief.DEPOSIT_WAIVED if relief >= due else Relief.DEPOSIT_REDUCED
    return application.definition.relieves or Relief.FEE


def enter_into_force(case: Case, waiver: Waiver) -> None:
    """The relief holds from now on; where it is run is written down, and the first yearly check is a year away."""
    waiver.enter_into_force(case.at)
    waiver.check_due = timezone.localdate(case.at) + CHECK_EVERY
    waiver.save()
    given = answers_of.read(case.application)
    address = given.get("outlet_address") or given.get("premises_address") or ""
    write_outlet(case, waiver, "", f"{case.application.division.name}{address}", timezone.localdate(case.at))


def conclude(case: Case, waiver: Waiver, paper: Paper | None) -> WaiverAgreement:
    """The centre confirms that the agreement is concluded: the waiver is in force with it."""
    enter_into_force(case, waiver)
    return WaiverAgreement.objects.create(
        waiver=waiver,
        paper=paper,
        number=paper.number if paper else "",
        concluded_on=timezone.localdate(case.at),
        confirmed_by=case.user,
        confirmed_at=case.at,
    )


def write_outlet(case: Case, waiver: Waiver, number: str, address: str, since: date) -> WaiverOutlet:
    """Append where it is run from a day on."""
    place = {"number": number.strip(), "address": address.strip()}
    return WaiverOutlet.objects.create(
        waiver=waiver,
        place=vault.encrypt_json(case.application.data_key, place, PLACE),
        since=since,
        written_by=case.user,
        written_at=case.at,
    )


def outlet_of(waiver: Waiver) -> dict[str, Any]:
    """Number and address of where it is run now; both "" where nothing was written down.

    Raises VaultError where they cannot be opened.
    """
    last = waiver.outlets.order_by("-pk").first()
    if last is None:
        return {"number": "", "address": ""}
    return vault.decrypt_json(waiver.application.data_key, bytes(last.place), PLACE)
