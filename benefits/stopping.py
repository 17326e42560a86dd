"""Stopping, lowering and claiming back what a decision gave. Inside the door; dues are appended to, never edited."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.door import Case
from applications.models import Application
from benefits import budgets
from benefits.claims import ending
from benefits.models import Due, DueStop, PhaseOut, Recovery, RecoveryPayment, Service, Waiver
from people.refusals import Conflict

ZERO = Decimal("0.00")
# States of a payout, and of its batch, from which money does not come back by itself.
GONE, SIGNED = frozenset({"exported", "paid"}), frozenset({"approved", "exported", "reconciled"})
WAIVER_LIVE = frozenset({Waiver.State.GRANTED, Waiver.State.AGREEMENT_PENDING, Waiver.State.IN_FORCE})
PHASE_OUT_LIVE = frozenset({PhaseOut.State.PHASING_OUT, PhaseOut.State.SUSPENDED})


@dataclass
class Money:
    """What is owed under one decision, by how far it got: not yet on its way, in an unapproved batch, gone.

    Amounts in yuan. `set_off`, by period: what was not paid but made a claim smaller, and so was given as well.
    `claimed` is what is to be paid back already, without what the bank itself sent back of it.
    """

    open: list[Due] = field(default_factory=list)
    on_the_way: list[Due] = field(default_factory=list)
    gone: list[Due] = field(default_factory=list)
    set_off: dict[str, Decimal] = field(default_factory=dict)
    claimed: Decimal = ZERO

    @property
    def paid(self) -> Decimal:
        """What was paid out or set off against a claim."""
        return sum(self.given.values(), ZERO)

    @property
    def recoverable(self) -> Decimal:
        """What was paid out or set off and is not claimed back yet."""
        return self.paid - self.claimed

    @property
    def given(self) -> dict[str, Decimal]:
        """What is gone and what was set off, by period."""
        return _by_period(self.gone, self.set_off)

    @property
    def most(self) -> Decimal:
        """The most that a period comes to of which something is not on its way, with all that was given of it."""
        sums = _by_period(self.open + self.on_the_way, self.given)
        return max((sums[due.period] for due in self.open), default=ZERO)

    def open_from(self, first: date) -> list[Due]:
        """What is not on its way and becomes payable on that day or later, with every instalment of a grant."""
        return [due for due in self.open if due.taken_from(first)]


def money_of(application: Application) -> Money:
    """How far the money of a granted case got."""
    return _sorted_out(application, Due.objects.filter(application=application))


def _sorted_out(application: Application, dues: QuerySet[Due]) -> Money:
    money = Money(set_off=set_off_of(application), claimed=_claimed(application))
    rows = list(dues.filter(stop__isnull=True).select_related("budget", "milestone").order_by("payable_from", "pk"))
    payouts = _live_payouts(rows)
    for due in rows:
        payout = payouts.get(due.pk)
        gone = payout is not None and (payout.state in GONE or payout.batch.state in SIGNED)
        (money.open if payout is None else money.gone if gone else money.on_the_way).append(due)
    return money


def _live_payouts(dues: list[Due]) -> dict[int, Any]:
    """The payout of each due that has one still, with its batch, by due: one query for all the months of a case."""
    payouts = Due._meta.get_field("payouts").related_model
    return {payout.due_id: payout for payout in payouts.objects.live().filter(due__in=dues).select_related("batch")}


def set_off_of(application: Application) -> dict[str, Decimal]:
    """What somebody decided to set off against a claim instead of paying it, by period of the dues of this case.

    Also where the bank had sent that due back before. What the bank's file took off a claim by itself was not owed.
    """
    decided = RecoveryPayment.objects.filter(due__application=application, by__isnull=False)
    sums = decided.order_by().values("due__period").annotate(all=Sum("amount"))
    return {period: -taken for period, taken in sums.values_list("due__period", "all")}


def _claimed(application: Application) -> Decimal:
    claimed = application.recoveries.aggregate(all=Sum("amount"))["all"] or ZERO
    by_bank = RecoveryPayment.objects.filter(
        recovery__application=application, kind=RecoveryPayment.Kind.RETURNED, by__isnull=True
    )
    return claimed + (by_bank.aggregate(all=Sum("amount"))["all"] or ZERO)


def _by_period(dues: Iterable[Due], more: Mapping[str, Decimal]) -> dict[str, Decimal]:
    found = defaultdict(lambda: ZERO, more)
    for due in dues:
        found[due.period] += due.amount
    return found


def locked_money(application: Application) -> Money:
    """The same, with the dues locked: no batch takes them until this is done.

    Raises Conflict while some of it lies in a batch that finance has not approved: it can neither be stopped nor
    claimed back yet.
    """
    dues = Due.objects.select_for_update(of=("self",), no_key=True).filter(application=application).order_by("pk")
    list(dues.values_list("pk", flat=True))
    money = _sorted_out(application, Due.objects.filter(application=application))
    if money.on_the_way:
        raise Conflict(
            _("本案有款项已编入还没有复核的拨付批次，现在不能处理。请先联系财政部门作废或复核该批次，再作决定。"),
            code="in_a_batch",
        )
    return money


def stop(case: Case, dues: list[Due]) -> Decimal:
    """Stop these dues for the case that decided so, and release what was reserved for them; the sum in yuan."""
    DueStop.objects.bulk_create(DueStop(due=due, application=case.application, stopped_at=case.at) for due in dues)
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for due in dues:
        sums[due.budget_id] += due.amount
    budgets.release(sums)
    return sum(sums.values(), ZERO)


def lower(case: Case, dues: list[Due], amount: Decimal, given: Mapping[str, Decimal] | None = None) -> Decimal:
    """Pay no more than `amount` yuan for each period of these dues: what is over it is stopped; the sum saved.

    `given`: what is gone for a period already, in yuan, and counts towards its `amount`.
    """
    kept = _fitting(dues, amount, given or {})
    over = [due for due in dues if due.amount > kept[due.pk]]
    saved = stop(case, over)
    again = [_lowered(case, due, kept[due.pk]) for due in over if kept[due.pk]]
    for due in again:
        budgets.reserve_in(due.budget_id, due.amount)
    Due.objects.bulk_create(again)
    return saved - sum((due.amount for due in again), ZERO)


def _fitting(dues: list[Due], amount: Decimal, given: Mapping[str, Decimal]) -> dict[int, Decimal]:
    """How much of each due, by its pk, its period has room for; the first come first. At most one is cut."""
    room: dict[str, Decimal] = {due.period: max(ZERO, amount - given.get(due.period, ZERO)) for due in dues}
    kept: dict[int, Decimal] = {}
    for due in dues:
        kept[due.pk] = min(due.amount, room[due.period])
        room[due.period] -= kept[due.pk]
    return kept


def _lowered(case: Case, due: Due, amount: Decimal) -> Due:
    of_period = Due.objects.filter(application=due.application_id, period=due.period)
    return Due(
        application_id=due.application_id,
        payee_id=due.payee_id,
        payee_organisation_id=due.payee_organisation_id,
        budget_id=due.budget_id,
        scheme_code=due.scheme_code,
        period=due.period,
        sequence=of_period.order_by("-sequence").first().sequence + 1,
        amount=amount,
        payable_from=due.payable_from,
        milestone_id=due.milestone_id,
        component=due.component,
        bank_id=due.bank_id,
        recorded_at=case.at,
    )


def reduced_to(application: Application, first: date) -> Decimal | None:
    """The most, in yuan, that measures 减发 imposed on a case leave of a period payable from this day; None without."""
    # The measures themselves live a floor above; only what they left is read here.
    imposed = application.proceedings.filter(kind="reduce", outcome="imposed", effective_on__lte=first)
    least: Decimal | None = imposed.aggregate(least=Min("amount"))["least"]
    return least


def claim_back(case: Case, about: Application, amount: Decimal) -> Recovery:
    """Write down that a sum in yuan is to be paid back. Collecting it is another matter."""
    return Recovery.objects.create(application=about, decided_in=case.application, amount=amount, recorded_at=case.at)


def lives_on(about: Application) -> bool:
    """Whether something of what was granted still goes on besides money."""
    return (
        Waiver.objects.filter(application=about, state__in=WAIVER_LIVE).exists()
        or PhaseOut.objects.filter(application=about, state__in=PHASE_OUT_LIVE).exists()
        or Service.objects.filter(application=about, valid_to__isnull=True).exists()
        or ending.stands(about)
    )


def end_benefit(case: Case, about: Application, *, revoked: bool) -> None:
    """End a waiver, a phase-out, a service or what stands of a periodic benefit with this decision; one that is over
    already stays as it is.
    """
    reason = "revoked" if revoked else "stopped"
    waiver = Waiver.objects.select_for_update(of=("self",), no_key=True).filter(application=about).first()
    if waiver is not None and waiver.state in WAIVER_LIVE:
        if revoked or waiver.state == Waiver.State.GRANTED:
            waiver.revoke(case.at, reason)
        else:
            waiver.end(case.at, reason)
        waiver.save()
    phase_out = PhaseOut.objects.select_for_update(of=("self",), no_key=True).filter(application=about).first()
    if phase_out is not None and phase_out.state in PHASE_OUT_LIVE:
        phase_out.terminate(case.at, reason)
        phase_out.save()
    Service.objects.filter(application=about, valid_to__isnull=True).update(valid_to=timezone.localdate(case.at))
    ending.end_claim(case, about, revoked=revoked)
