"""What each measure does to the grant: its state, its benefit, its dues and its budget, in one transaction."""

from applications.door import Case
from approvals.models import Proceeding
from benefits import letters, stopping
from benefits.models import PhaseOut
from benefits.waivers import ending
from people.refusals import Conflict
from workflows import engine

Kind = Proceeding.Kind


def impose(case: Case, granted: Case, proceeding: Proceeding) -> None:
    """Carry out a measure. Both cases are inside the door.

    Raises Conflict when money of the grant lies in a batch that finance has not approved, or when there is less to
    lower or to claim back than the prior notice said.
    """
    money = stopping.locked_money(granted.application)
    EFFECTS[Kind(proceeding.kind)](case, granted, proceeding, money)
    granted.save()
    _tell_of_end(granted)
    granted.record("ex_officio.imposed", kind=proceeding.kind, by_case=case.application.number)


def _revoke(case: Case, granted: Case, proceeding: Proceeding, money: stopping.Money) -> None:
    """撤销: the grant falls, with all that is not paid; what was paid only where the notice said so."""
    _end_benefit(case, granted, revoked=True)
    stopping.stop(case, money.open)
    if proceeding.amount is not None:
        _claim(case, granted, proceeding, money)
    granted.application.revoke(case.at)
    _end_route(granted)


def _stop(case: Case, granted: Case, proceeding: Proceeding, money: stopping.Money) -> None:
    """停发: nothing from that day on; what was due before it is still paid."""
    _end_benefit(case, granted, revoked=False)
    stopping.stop(case, money.open_from(proceeding.effective_on))
    _end_route(granted)


def _reduce(case: Case, granted: Case, proceeding: Proceeding, money: stopping.Money) -> None:
    """减发: each period from that day on is lowered; what is gone of it stays as it is."""
    if not stopping.lower(case, money.open_from(proceeding.effective_on), proceeding.amount, money.given):
        raise Conflict(code="nothing_to_lower")


def _recover(case: Case, granted: Case, proceeding: Proceeding, money: stopping.Money) -> None:
    _claim(case, granted, proceeding, money)


def _revive(case: Case, granted: Case, proceeding: Proceeding, money: stopping.Money) -> None:
    """恢复缴纳: what was relieved is owed to the centre again. What it paid back since the notice counts too."""
    revival = ending.revive(granted, case.application, proceeding.ground, proceeding.effective_on)
    proceeding.amount = revival.amount or None
    proceeding.save(update_fields=["amount"])


def _claim(case: Case, granted: Case, proceeding: Proceeding, money: stopping.Money) -> None:
    if proceeding.amount > money.recoverable:
        raise Conflict(code="not_so_much_paid")
    stopping.claim_back(case, granted.application, proceeding.amount)


def _end_benefit(case: Case, granted: Case, *, revoked: bool) -> None:
    """What was given ends, and so do the agreement on it and the certificate that says it is in force."""
    stopping.end_benefit(case, granted.application, revoked=revoked)
    ending.withdraw(granted)


def _tell_of_end(granted: Case) -> None:
    """A phase-out that this measure ended has its months written up, now that what is not paid any more stands fast."""
    ended = PhaseOut.objects.filter(application=granted.application, ended_at=granted.at).first()
    if ended is not None:
        letters.phase_out_end(granted, ended)


def _end_route(granted: Case) -> None:
    """What the granted case still waited for, a contract or a filing, is no longer needed."""
    if granted.process is not None and granted.process.data["stage"] is not None:
        engine.cancel(granted.process, granted.user, granted.at)


EFFECTS = {
    Kind.REVOKE: _revoke,
    Kind.STOP: _stop,
    Kind.REDUCE: _reduce,
    Kind.RECOVER: _recover,
    Kind.REVIVE: _revive,
}
