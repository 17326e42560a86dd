"""A line that contradicts what was known: a person looks at it and decides, line by line."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications.models import Application
from audit import chain
from benefits import budgets
from benefits.models import Due, DueStop
from payouts import hands, scope
from payouts.models import Batch, Payout, ReturnResult, ReturnRuling
from payouts.returns import booking
from people import vault
from people.models import User
from people.refusals import Conflict, Invalid, NotFound, Refused

NOTE = "return.note"


def disputes_of(user: User, at: datetime) -> QuerySet[ReturnResult]:
    """The contradictions nobody has decided on yet, of the user's bureaus."""
    offices = scope.finance_offices(user, at)
    open_ones = ReturnResult.objects.filter(disputed=True, ruling__isnull=True, file__office__in=offices)
    return open_ones.select_related("file", "payout__batch__office", "payout__due__application__data_key")


def rule(user: User, pk: int, accepted: bool, note: str, at: datetime) -> ReturnRuling:
    """Accept what the later line says (the bank called the money back; or it arrived after all), or leave it.

    By somebody else than who confirmed the file. Raises NotFound, Refused, Invalid without a reason, Conflict where it
    was decided on, or where the money has gone another way since.
    """
    result = disputes_of(user, at).filter(pk=pk).first()
    if result is None:
        raise NotFound()
    if not note.strip():
        raise Invalid(errors={"note": _("请写明怎样核实的。")})
    _check_may(user, result)
    with transaction.atomic():
        payout = _locked(result)
        if ReturnRuling.objects.filter(result=result).exists():
            raise Conflict(_("这一笔已由他人处理。"), code="ruled")
        _check_may(user, result)
        if accepted:
            _accept(result, payout, user, at)
        return _keep(result, payout, accepted, note, user, at)


def why_not(user: User, result: ReturnResult) -> str:
    """Why somebody may not decide on a contradiction; "" where they may."""
    try:
        _check_may(user, result)
    except Refused as refused:
        return str(refused.message)
    return ""


def _check_may(user: User, result: ReturnResult) -> None:
    if result.file.confirmed_by_id == user.pk:
        raise Refused(_("须由确认回单的人以外的工作人员处理。"), code="confirmer_rules")
    if hands.took_part(user, [result.payout.due.application_id]):
        raise Refused(_("您参与办理过这份申请，或者是当事人、近亲属，不能处理。"), code="four_eyes")


def _locked(result: ReturnResult) -> Payout:
    payout = result.payout
    for model, pk in ((Application, payout.due.application_id), (Due, payout.due_id), (Batch, payout.batch_id)):
        list(model.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).values_list("pk"))
    return Payout.objects.select_related("batch__office", "due__application__data_key").get(pk=payout.pk)


def _accept(result: ReturnResult, payout: Payout, user: User, at: datetime) -> None:
    if not result.paid and payout.state == Payout.State.PAID:
        booking.give_back([payout], user, at)
    elif result.paid and payout.state == Payout.State.RETURNED and not _elsewhere(payout):
        payout.pay(result.on, at)
        payout.save()
        budgets.commit({payout.due.budget_id: payout.amount})
    else:
        raise Conflict(
            _("这笔款已经补发、停发或编入新的批次，不能这样处理。多发的部分请由办理单位作出追回决定。"),
            code="gone_another_way",
        )


def _elsewhere(payout: Payout) -> bool:
    """Whether the due of a returned payout is stopped or on its way once more."""
    stopped = DueStop.objects.filter(due=payout.due_id).exists()
    return stopped or Payout.objects.live().filter(due=payout.due_id).exists()


def _keep(result: ReturnResult, payout: Payout, accepted: bool, note: str, user: User, at: datetime) -> ReturnRuling:
    key = payout.due.application.data_key
    ruling = ReturnRuling.objects.create(
        result=result, accepted=accepted, note=vault.encrypt(key, note.strip(), NOTE), by=user, at=at
    )
    data = {"line": payout.line, "accepted": accepted, "said": "paid" if result.paid else "failed"}
    chain.append(
        payout.batch.stream, "return.ruled", actor=user.username, at=at, subject=payout.batch.number, data=data
    )
    return ruling
