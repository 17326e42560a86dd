"""等待名单: who waits for money, in the order of acceptance; nobody is granted before somebody who came earlier.

A case is on the list as long as it is undecided. Each list belongs to an envelope: the cases of a scheme whose nearest
envelope of the year it is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import answers
from applications.door import Case
from applications.models import Application
from applications.states import State
from benefits.budgets import tranches
from benefits.budgets.reserving import envelope_for
from benefits.models import Budget, Grant, WaitingPlace
from people.models import Division
from people.refusals import Conflict

ZERO = Decimal("0.00")
UNDECIDED = (State.ACCEPTED, State.IN_REVIEW, State.NOTICED, State.RETURNED)


# What is owed money when it is granted; waivers and services take nothing out of an envelope.
TAKES_MONEY = frozenset({*Grant.Kind.values, "phase_out"})


@dataclass(frozen=True)
class Standing:
    """Where a case stands on its list: its place from 1, and how many wait in all."""

    place: int
    waiting: int


def takes_money(application: Application) -> bool:
    """Whether granting a case takes money out of an envelope, so that it can wait for some: it was accepted, too."""
    return application.accepted_at is not None and application.definition.benefit_kind in TAKES_MONEY


def needs_of(application: Application, at: datetime) -> dict[int, Decimal]:
    """What granting a case takes in each year, in yuan; nothing without a positive assessment."""
    assessment = answers.read_assessment(application)
    if not assessment or assessment["eligible"] is not True:
        return {}
    found: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for line in assessment["schedule"]:
        found[int(line["month"][:4])] += Decimal(line["amount"])
    if not found:
        found[timezone.localdate(at).year] = Decimal(assessment["amount"])
    return {year: amount for year, amount in sorted(found.items()) if amount > 0}


def is_short(application: Application, at: datetime) -> bool:
    """Whether the money does not reach for a case, in any of its years."""
    for year, amount in needs_of(application, at).items():
        budget = envelope_for(application.scheme_code, application.division, year)
        if budget is None or budget.free < amount:
            return True
    return False


def enlist(case: Case) -> WaitingPlace:
    """Put a case on the list, inside the door. Raises Conflict where it is on it, or where the money reaches."""
    application = case.application
    if WaitingPlace.objects.filter(application=application).exists():
        raise Conflict(_("本案已经在等待名单上。"), code="listed")
    if not takes_money(application) or not is_short(application, case.at):
        raise Conflict(_("预算余额足够，或者还不能批准，不用列入等待名单。"), code="not_short")
    first = next(iter(needs_of(application, case.at).values()))
    place = WaitingPlace.objects.create(
        application=application,
        scheme_code=application.scheme_code,
        accepted_at=application.accepted_at,
        amount=first,
        listed_by=case.user,
        listed_at=case.at,
    )
    case.record("waiting.listed")
    return place


def waiting() -> QuerySet[WaitingPlace]:
    """Everybody who waits still, in order."""
    related = ("application__division", "application__scheme_version")
    return WaitingPlace.objects.filter(application__state__in=UNDECIDED).select_related(*related)


def ahead_of(application: Application, at: datetime) -> list[WaitingPlace]:
    """Who waits for the same envelope and was accepted earlier, first come first."""
    if not takes_money(application):
        return []
    earlier = Q(accepted_at__lt=application.accepted_at) | Q(
        accepted_at=application.accepted_at, application__lt=application.pk
    )
    return _of_envelope(application, at, waiting().filter(earlier))


def standing_of(application: Application, at: datetime) -> Standing | None:
    """Where a case stands; None for one that does not wait."""
    place = waiting().filter(application=application).first()
    if place is None:
        return None
    everybody = _of_envelope(application, at, waiting())
    return Standing([one.pk for one in everybody].index(place.pk) + 1, len(everybody))


def refuse_overtaking(case: Case, reason: str) -> None:
    """Raise Conflict where somebody who was accepted earlier waits and the money reaches for them; unless `reason`.

    The envelope is locked, so that what is free does not change until the grant is done.
    """
    application = case.application
    first = ahead_of(application, case.at)
    if not first:
        return
    near = envelope_for(application.scheme_code, application.division, timezone.localdate(case.at).year)
    free = tranches.locked(near.pk)[near.pk].free if near else ZERO
    able = [one for one in first if one.amount <= free]
    if not able:
        return
    if not reason.strip():
        raise Conflict(
            _("等待名单上有%(count)s件先受理的申请，应当先办理%(number)s。确需先办本案的，请勾选并写明理由。")
            % {"count": len(able), "number": able[0].application.number},
            code="waiting_first",
        )
    case.record("waiting.passed", ahead=len(able))


def waiting_for(budget: Budget) -> list[WaitingPlace]:
    """Who waits for an envelope, first come first."""
    found = list(waiting().filter(scheme_code=budget.scheme_code))
    near = _nearest(budget.scheme_code, [row.application.division for row in found], budget.year)
    return [row for row in found if near[row.application.division_id] == budget.pk]


def _of_envelope(application: Application, at: datetime, rows: QuerySet[WaitingPlace]) -> list[WaitingPlace]:
    """Of rows, those that wait for the envelope of a case; where there is none, for none as well."""
    found = list(rows.filter(scheme_code=application.scheme_code))
    if not found:
        return []
    places = [application.division, *(row.application.division for row in found)]
    near = _nearest(application.scheme_code, places, timezone.localdate(at).year)
    return [row for row in found if near[row.application.division_id] == near[application.division_id]]


def _nearest(scheme: str, places: Iterable[Division], year: int) -> dict[str, int | None]:
    """The number of the nearest envelope of each place, None where there is none."""
    found: dict[str, int | None] = {}
    for place in places:
        if place.pk not in found:
            budget = envelope_for(scheme, place, year)
            found[place.pk] = budget.pk if budget else None
    return found
