"""Asking finance for money or places, and its review: by a checker of the bureau in charge, never whoever asked."""

from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from applications.models import QuotaShare
from audit import chain
from benefits.models import BudgetRequest
from payouts import scope
from people.models import Office, User
from people.refusals import Conflict, Invalid, NotFound, Refused

Asked = TypeVar("Asked", BudgetRequest, QuotaShare)


def keep(request: Asked, action: str, data: dict, *, waits: Conflict) -> Asked:
    """Write down what is asked, with its event. Raises `waits` where the same was asked already, and waits."""
    try:
        with transaction.atomic():
            request.save()
            record(request, action, request.requested_by, request.requested_at, data)
    except IntegrityError as error:
        raise waits from error
    return request


def refuse(user: User, request: Asked, note: str, at: datetime, *, action: str, data: dict | None = None) -> Asked:
    """Say no, and why. Raises Invalid without a reason, and as `open_waiting` does."""
    if not note.strip():
        raise Invalid(errors={"note": _("请写明不批准的理由。")})
    with transaction.atomic():
        locked = open_waiting(user, request, at)
        locked.refuse(user, note.strip(), at)
        locked.save()
        record(locked, action, user, at, data)
    return locked


def record(request: Asked, action: str, user: User, at: datetime, data: dict | None = None) -> None:
    """An event in the request's own stream."""
    chain.append(request.stream, action, actor=user.username, at=at, subject=request.reference, data=data)


def may_decide(user: User, request: Asked, at: datetime) -> bool:
    """Whether the page offers it to the user."""
    waiting = request.state == request.State.WAITING and request.requested_by_id != user.pk
    return waiting and any(scope.may(user, scope.CHECKER, office, at) for office in _bureaus(user, request, at))


def open_waiting(user: User, request: Asked, at: datetime) -> Asked:
    """The request, locked, for the user to decide on.

    Raises NotFound for a stranger to its money, Refused for whoever asked or is no checker, Conflict where somebody
    decided already.
    """
    bureau = next(iter(_bureaus(user, request, at)), None)
    if bureau is None:
        raise NotFound()
    scope.require(user, scope.CHECKER, bureau, at)
    if request.requested_by_id == user.pk:
        raise Refused(_("提出申请的人不能审核，须由另一位工作人员办理。"), code="asker_decides")
    waiting = type(request).objects.select_for_update(of=("self",), no_key=True).select_related("division")
    locked = waiting.get(pk=request.pk)
    if locked.state != request.State.WAITING:
        raise Conflict(_("这份申请已由他人办理。"), code="decided")
    return locked


def _bureaus(user: User, request: Asked, at: datetime) -> list[Office]:
    return [office for office in scope.finance_offices(user, at) if office.division_id == request.division_id]
