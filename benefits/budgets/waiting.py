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
from benefits.budgets.reserving import envelope_for, envelopes_of, nearest
from benefits.models import Budget, Grant, WaitingPlace
from people import vault
from people.models import Division
from people.refusals import Conflict
from workflows import pausing

ZERO = Decimal("0.00")
UNDECIDED = (State.ACCEPTED, State.IN_REVIEW, State.NOTICED, State.RETURNED)
# The envelopes of a scheme by year.
Envelopes = dict[int, dict[str, Budget]]
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
    return not _reaches(application, needs_of(application, at), {})


def _reaches(application: Application, needs: dict[int, Decimal], seen: Envelopes) -> bool:
    """Whether the envelope of every year has what a case needs; `seen` are the envelopes that were looked up."""
    for year, amount in needs.items():
        if year not in seen:
            seen[year] = envelopes_of(application.scheme_code, year)
        budget = nearest(seen[year], application.division)
        if budget is None or budget.free < amount:
            return False
    return True


def enlist(case: Case) -> WaitingPlace:
    """Put a case on the list, inside the door; the clock of whoever would decide it stands still from now on.

    Raises Conflict where it is on it, or where the money reaches.
    """
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
    pausing.stop_for_money(case.process, case.at)
    case.record("waiting.listed")
    return place


def waiting() -> QuerySet[WaitingPlace]:
    """Everybody who waits still, in order."""
    related = ("application__division", "application__scheme_version", "application__data_key")
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
    if not waiting().filter(application=application).exists():
        return None
    # The case may be decided between the two questions: then it stands nowhere any more.
    everybody = [one.application_id for one in _of_envelope(application, at, waiting())]
    return Standing(everybody.index(application.pk) + 1, len(everybody)) if application.pk in everybody else None


def refuse_overtaking(case: Case, reason: str, years: Iterable[int]) -> None:
    """Raise Conflict where somebody who was accepted earlier waits and could be granted now; unless `reason`.

    The envelopes of the years the case is paid in are locked together, by year, so that what is free in them does not
    change until the grant is done; benefits are locked before.
    """
    application = case.application
    if not takes_money(application):
        return
    near = [envelope_for(application.scheme_code, application.division, year) for year in years]
    tranches.locked(*[budget.pk for budget in near if budget])
    ahead = ahead_of(application, case.at)
    able = _first_able(ahead, case.at)
    if able is None:
        return
    if not reason.strip():
        raise Conflict(
            _("等待名单上先受理的申请%(number)s现在可以批准，应当先办理。确需先办本案的，请勾选先办本案并写明理由。")
            % {"number": able.application.number},
            code="waiting_first",
        )
    case.record("waiting.passed", ahead=len(ahead))


def _first_able(places: Iterable[WaitingPlace], at: datetime) -> WaitingPlace | None:
    """The first for whom the money reaches in every year, by what they need now; who has to correct cannot be granted.

    Further ones are not opened; they are of one scheme.
    """
    seen: Envelopes = {}
    for place in places:
        if place.application.state == State.RETURNED:
            continue
        needs = needs_if_legible(place.application, at)
        if needs and _reaches(place.application, needs, seen):
            return place
    return None


def needs_if_legible(application: Application, at: datetime) -> dict[int, Decimal] | None:
    """What a case needs; None for one that cannot be opened, as it cannot be granted either."""
    try:
        return needs_of(application, at)
    except vault.VaultError:
        return None


def need_now(place: WaitingPlace, at: datetime) -> Decimal:
    """What granting a case takes in the first of its years as it stands now, in yuan; a correction may have changed it.

    As it was when the case was listed, where that cannot be told any more.
    """
    needs = needs_if_legible(place.application, at)
    return next(iter(needs.values())) if needs else place.amount


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
    """The number of the nearest envelope of each place, None where there is none: one statement for all places."""
    envelopes = envelopes_of(scheme, year)
    near = {place.pk: nearest(envelopes, place) for place in places}
    return {place: budget.pk if budget else None for place, budget in near.items()}
