"""The clocks of cases on the waiting list: they stand still while there is no money for a case, and run when there is.

Who waits is looked at in the order of acceptance: what reaches for somebody is not there for those who came later.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from applications import door
from applications.each import done_for_each
from applications.models import Application
from applications.states import State
from benefits.budgets import waiting
from benefits.budgets.reserving import nearest
from benefits.models import Budget, WaitingPlace
from workflows import engine, pausing
from workflows.models import WorkItem

MONEY = WorkItem.PauseReason.MONEY
# What is granted by months, which may lie in several years.
BY_MONTHS = "phase_out"


def follow_money(at: datetime) -> int:
    """Start or stop the clocks of who waits, as the money reaches for them or not; the number of cases changed."""
    return done_for_each(list(_to_turn(at)), lambda keys: _turn(*keys, at))


def _to_turn(at: datetime) -> Iterator[tuple[int, int, bool]]:
    """The cases whose clock does not stand as it should: case, process, and whether the money reaches.

    Whoever waits takes their sum, even one whose clock stands for a hearing, or whose seat is another now: nobody who
    came later is granted it before them (`waiting.refuse_overtaking`). Who has to correct holds up nobody.
    """
    stopped = dict(_open_seats().filter(pause_reason=MONEY).values_list("case_id", "process_id"))
    running = dict(_open_seats().filter(paused_at__isnull=True).values_list("case_id", "process_id"))
    left = _Left(at)
    for place in waiting.waiting().order_by("scheme_code", "accepted_at", "application").iterator(chunk_size=500):
        if place.application.state == State.RETURNED:
            continue
        reaches, case = left.take(place), place.application_id
        if case in (stopped if reaches else running):
            yield case, (stopped if reaches else running)[case], reaches


def _open_seats() -> QuerySet[WorkItem]:
    listed = WaitingPlace.objects.values("application")
    return WorkItem.objects.filter(closed_at__isnull=True, kind=pausing.DECIDING, case_id__in=listed)


class _Left:
    """What is left in the envelopes of the scheme looked at, after those who came earlier."""

    def __init__(self, at: datetime) -> None:
        self.at, self.scheme = at, ""
        self.envelopes: dict[int, dict[str, Budget]] = {}
        self.sums: dict[int, Decimal] = {}

    def take(self, place: WaitingPlace) -> bool:
        """Whether the money reaches for a case; if so it is not there any more for the next.

        It does for one that would be granted nothing: such a one is refused, and that waits for no money.
        """
        if place.scheme_code != self.scheme:
            self._look_at(place.scheme_code)
        if not self._may_reach(place.application):
            return False
        needs = waiting.needs_if_legible(place.application, self.at)
        if needs is None:
            return False
        taken = [(self._nearest(place.application, year), amount) for year, amount in needs.items()]
        if not all(self._left(budget) >= amount for budget, amount in taken):
            return False
        for budget, amount in taken:
            if budget is not None:
                self.sums[budget] -= amount
        return True

    def _look_at(self, scheme: str) -> None:
        self.scheme, self.envelopes, self.sums = scheme, defaultdict(dict), {}
        for budget in Budget.objects.filter(scheme_code=scheme):
            self.envelopes[budget.year][budget.division_id] = budget
            self.sums[budget.pk] = budget.free

    def _may_reach(self, application: Application) -> bool:
        """Whether it is worth opening a case: its sum stands outside the seal, the years it is paid in do not."""
        amount = application.amount if application.eligible else None
        if not amount or self._left(self._nearest(application, timezone.localdate(self.at).year)) >= amount:
            return True
        every = sum((self._left(self._nearest(application, year)) for year in self.envelopes), waiting.ZERO)
        return every >= amount and application.definition.benefit_kind == BY_MONTHS

    def _nearest(self, application: Application, year: int) -> int | None:
        """The nearest envelope of a year, None where there is none."""
        budget = nearest(self.envelopes.get(year, {}), application.division)
        return budget.pk if budget else None

    def _left(self, budget: int | None) -> Decimal:
        return waiting.ZERO if budget is None else self.sums[budget]


def _turn(case_id: int, process_id: int, reaches: bool, at: datetime) -> bool:
    with door.open_locked(case_id, process_id, user=None, at=at) as case:
        if case.application.state not in waiting.UNDECIDED or case.application.state == State.RETURNED:
            return False
        if reaches:
            turned = pausing.start_with_money(case.process, engine.definition_of(case.process), at)
        else:
            turned = pausing.stop_for_money(case.process, at)
        if turned:
            case.record("waiting.clock_started" if reaches else "waiting.clock_stopped")
    return bool(turned)
