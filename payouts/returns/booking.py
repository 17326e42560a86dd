"""What a confirmed return file changes: payouts, envelopes, batches, and what applicants are told."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from audit import chain
from benefits import budgets
from benefits.models import Due
from payouts.models import Batch, Payout, ReturnFile, ReturnResult
from payouts.returns import grounds, telling
from payouts.returns.checking import Checked, Told
from payouts.returns.uncorrected import keeps_waiting
from people import vault
from people.models import User
from people.refusals import Conflict

REASON = "return.reason"


def cases_of(checked: Checked) -> list[int]:
    """Every case the file is about."""
    told = (*checked.paid, *checked.returned, *checked.disputed)
    return sorted({one.payout.due.application_id for one in told})


def lock(checked: Checked) -> None:
    """Lock what will be written: the cases of what came back, the dues, the batches."""
    cases = {one.payout.due.application_id for one in checked.returned}
    _lock(Application, cases)
    news = (*checked.paid, *checked.returned, *checked.disputed)
    _lock(Due, {one.payout.due_id for one in news})
    _lock(Batch, {one.payout.batch_id for one in news})


def _lock(model: type[Application] | type[Due] | type[Batch], pks: Iterable[int]) -> None:
    rows = model.objects.filter(pk__in=list(pks)).order_by("pk").select_for_update(of=("self",), no_key=True)
    list(rows.values_list("pk", flat=True))


def book(file: ReturnFile, checked: Checked, user: User, at: datetime) -> None:
    """Write down everything, inside the transaction that locked it."""
    ReturnResult.objects.bulk_create(_results(file, checked, at), batch_size=500)
    _pay(checked.paid, at)
    give_back([told.payout for told in checked.returned], user, at)
    file.confirmed_by, file.confirmed_at = user, at
    for name, count in checked.counts.items():
        setattr(file, name, count)
    file.save()
    data = {**checked.counts, "sha256": file.sha256}
    chain.append(file.stream, "return.confirmed", actor=user.username, at=at, subject=file.reference, data=data)
    for number in checked.batches:
        _close(number, file, user, at)


def _results(file: ReturnFile, checked: Checked, at: datetime) -> list[ReturnResult]:
    parts = ((checked.paid, False), (checked.returned, False), (checked.disputed, True))
    return [
        ReturnResult(
            file=file,
            payout=told.payout,
            paid=told.line.paid,
            disputed=disputed,
            reason=_sealed(told),
            on=told.line.on,
            recorded_at=at,
        )
        for part, disputed in parts
        for told in part
    ]


def _sealed(told: Told) -> bytes:
    """The bank's words under the key of the case; nothing where that key is destroyed: what happened counts anyway."""
    if not told.line.reason:
        return b""
    try:
        return vault.encrypt(told.payout.due.application.data_key, told.line.reason, REASON)
    except vault.KeyDestroyed:
        return b""


def _pay(paid: list[Told], at: datetime) -> None:
    days: dict[date, list[int]] = defaultdict(list)
    for told in paid:
        days[told.line.on].append(told.payout.pk)
    for day, payouts in days.items():
        rows = Payout.objects.filter(pk__in=payouts, state=Payout.State.EXPORTED)
        if rows.move("pay", paid_on=day, paid_at=at) != len(payouts):
            raise _moved()


def give_back(payouts: list[Payout], user: User, at: datetime) -> None:
    """These came back: owed still, unless their case was decided otherwise since; their people are told."""
    if not payouts:
        return
    rows = Payout.objects.filter(pk__in=[payout.pk for payout in payouts])
    if rows.move("give_back", returned_at=at) != len(payouts):
        raise _moved()
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for payout in payouts:
        sums[payout.due.budget_id] += payout.amount
    budgets.uncommit(sums)
    for payout in sorted(payouts, key=lambda one: one.due.application_id):
        caught_up = grounds.catch_up(payout.due, user, at)
        case = door.Case(payout.due.application, None, user, at)
        case.record("payment.returned", batch=payout.batch.number, line=payout.line, then=caught_up or "owed")
        owed = caught_up != "stopped"
        if owed or keeps_waiting(payout.due.application):
            telling.tell_returned(case, payout, owed=owed)


def _close(number: str, file: ReturnFile, user: User, at: datetime) -> None:
    """A batch of which nothing is with the bank any more is reconciled."""
    batch = Batch.objects.get(number=number)
    if batch.state == Batch.State.EXPORTED and not batch.payouts.filter(state=Payout.State.EXPORTED).exists():
        batch.reconcile()
        batch.save()
    data = {"file": file.pk, "state": str(batch.state)}
    chain.append(batch.stream, "batch.results", actor=user.username, at=at, subject=batch.number, data=data)


def _moved() -> Conflict:
    return Conflict(_("其中的款项刚刚有了变化，没有登记任何结果。请刷新后重新核对。"), code="payouts_moved")
