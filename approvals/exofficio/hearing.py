"""Prior notice 事先告知, and the statement 陈述申辩 that answers it."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from applications import actions, door
from applications.models import Application
from applications.own import Act
from approvals import scope
from approvals.exofficio import seat as seats
from approvals.exofficio.terms import MAY_HAVE_SUM, NEEDS_SUM, Intended
from approvals.letters import exofficio as letters
from approvals.models import Decision, Proceeding
from benefits import stopping
from benefits.waivers import ending
from people import vault
from people.models import User
from people.posts import holds
from people.refusals import Conflict, Invalid, NotFound
from schemes import procedures
from workflows import calendar, engine
from workflows.models import WorkItem

# assumed: the law of administrative penalties gives five days to ask for a hearing; no text of the first two
# divisions states a term for these measures.
REPLY_WORKING_DAYS = 5
FACTS, STATEMENT = "facts", "statement"


def give_notice(user: User, public_id: str, intended: Intended, at: datetime, *, version: int | None = None) -> None:
    """Tell the person what is intended; the clock of the seat stands still until they answered or the term is over.

    Raises what `seats.taken` raises; Conflict when the notice was given; Invalid naming what is missing.
    """
    with seats.taken(user, public_id, procedures.PROPOSE, at, version=version) as seat:
        proceeding, case = seat.proceeding, seat.case
        if proceeding.notice_at is not None:
            raise Conflict(_("已经事先告知，不能重复告知。"), code="told_already")
        _check(proceeding, intended)
        _write(case, proceeding, intended)
        paper = letters.prior_notice(case, seat.office, proceeding, letters.Terms(intended.facts, intended.clause))
        seat.decided(Decision.Kind.PRIOR_NOTICE, paper)
        seat.item.owner = user
        seat.item.save(update_fields=["owner"])
        case.save()
        case.record("ex_officio.told", office=seat.office.pk, kind=proceeding.kind)
        engine.pause(case.process, at)


def _check(proceeding: Proceeding, intended: Intended) -> None:
    errors: dict[str, str] = {}
    if not intended.facts.strip():
        errors["facts"] = _("请写明查明的事实。")
    if not intended.clause.strip():
        errors["clause"] = _("请写明依据的文件和条款。")
    if intended.effective_on is None:
        errors["effective_on"] = _("请填写从哪一天起执行。")
    errors |= _sum_errors(proceeding, intended)
    if errors:
        raise Invalid(errors=errors)


def _sum_errors(proceeding: Proceeding, intended: Intended) -> dict[str, str]:
    amount, money = intended.amount, stopping.money_of(proceeding.about)
    if amount is None:
        return {"amount": _("请填写金额。")} if proceeding.kind in NEEDS_SUM else {}
    if proceeding.kind not in MAY_HAVE_SUM:
        return {"amount": _("这种处理方式不填金额。")}
    if amount <= 0:
        return {"amount": _("金额要大于零。")}
    if proceeding.kind == Proceeding.Kind.REDUCE:
        text = _("减发后的金额要低于现在的每期金额（%(most)s元）。")
        return {"amount": text % {"most": money.most}} if amount >= money.most else {}
    if amount > money.recoverable:
        text = _("追回的金额不能超过已经发放、还没有追回的金额（%(most)s元）。")
        return {"amount": text % {"most": money.recoverable}}
    return {}


def _write(case: door.Case, proceeding: Proceeding, intended: Intended) -> None:
    proceeding.facts = vault.encrypt(case.application.data_key, intended.facts.strip(), FACTS)
    proceeding.clause, proceeding.amount = intended.clause.strip(), _amount(proceeding, intended)
    proceeding.effective_on, proceeding.notice_at = intended.effective_on, case.at
    proceeding.reply_due = calendar.deadline(case.at, REPLY_WORKING_DAYS, "working")
    proceeding.save()


def _amount(proceeding: Proceeding, intended: Intended) -> Decimal | None:
    """The sum of the notice; what a revived deposit comes to follows from the waiver, and nobody enters it."""
    if proceeding.kind == Proceeding.Kind.REVIVE:
        return ending.due_again(proceeding.about.waiver) or None
    return intended.amount


def state_case(user: User, public_id: str, text: str, hearing: bool, at: datetime) -> Application:
    """陈述申辩 by the person concerned, on their own page. Raises NotFound for anybody else."""
    with actions.own_case(user, public_id, at, Act.STATE) as case:
        _take_statement(case, text, hearing, None)
    return case.application


def enter_statement(user: User, public_id: str, text: str, hearing: bool, at: datetime) -> Application:
    """Enter a statement that came on paper: by an official who holds the post of the seat and is not barred."""
    keys = scope.visible_cases(user, at).filter(public_id=public_id).values_list("pk", "process_ref").first()
    if keys is None:
        raise NotFound()
    with door.open_locked(*keys, user=user, at=at) as case:
        item = WorkItem.objects.filter(case_id=case.application.pk, closed_at__isnull=True).first()
        if item is None or not holds(user, item.queue.role, item.queue.office, "review_cases", at):
            raise NotFound()
        door.take_seat(case, item.stage)
        _take_statement(case, text, hearing, user)
    return case.application


def _take_statement(case: door.Case, text: str, hearing: bool, entered_by: User | None) -> None:
    proceeding = Proceeding.objects.filter(application=case.application).first()
    if proceeding is None:
        raise NotFound()
    if why_closed(proceeding, case.at):
        raise Conflict(why_closed(proceeding, case.at), code="not_to_be_stated")
    if not text.strip():
        raise Invalid(errors={"text": _("请写明您的陈述和申辩。没有意见要说的，不用提交。")})
    proceeding.statement = vault.encrypt(case.application.data_key, text.strip(), STATEMENT)
    proceeding.statement_at, proceeding.statement_entered_by = case.at, entered_by
    proceeding.hearing_wanted = hearing
    proceeding.save()
    case.save()
    case.record("ex_officio.stated", hearing=hearing, on_paper=entered_by is not None)
    engine.resume(case.process, case.at)


def why_closed(proceeding: Proceeding, at: datetime) -> str:
    """Why no statement can be made now; "" while one can be."""
    if proceeding.notice_at is None:
        return _("还没有告知拟作的处理，告知以后才能陈述申辩。")
    if proceeding.statement_at is not None:
        return _("您的陈述申辩已经收到，不能再次提交。")
    if proceeding.outcome or proceeding.reply_due < at:
        return _("陈述申辩的期限已过。仍有意见的，请联系办理机关。")
    return ""
