"""Putting a hold by hand, and lifting one: by another official than who put it or brought the roster in.

Locks: process → case → dues → stream head.
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, QuerySet
from django.utils.translation import gettext as _

from applications import door
from benefits.models import Due
from payouts import hands, scope
from payouts.holds.standing import holding, open_holds
from payouts.models import Ground, Hold, HoldLifted, Payout
from payouts.models.batches import SIGNED
from people import vault
from people.finding import one_of
from people.models import User
from people.refusals import Conflict, Invalid, Refused

NOTE, LIFTED = "hold.note", "hold.lifted"


def holds_of(user: User, at: datetime) -> QuerySet[Hold]:
    """The holds on money of the user's bureaus that stand; oldest first."""
    divisions = {office.division_id for office in scope.finance_offices(user, at)}
    related = ("due__application__data_key", "due__application__division", "entry__roster__office", "put_by")
    return open_holds().filter(due__budget__division__in=divisions).select_related(*related).order_by("pk")


def hold_of(user: User, pk: int, at: datetime) -> Hold:
    """One of them. Raises NotFound."""
    return one_of(holds_of(user, at), pk=pk)


def siblings(hold: Hold) -> QuerySet[Hold]:
    """What is lifted together: everything in the case that the same row of the roster holds, or that was put by hand
    at once.
    """
    same = open_holds().filter(due__application=hold.due.application_id, entry=hold.entry_id, ground=hold.ground)
    return same if hold.entry_id else same.filter(put_at=hold.put_at, put_by=hold.put_by_id)


def lift(user: User, pk: int, reason: str, at: datetime) -> int:
    """Lift a hold with what belongs to it; how many dues can be paid again.

    Raises NotFound, Invalid without a reason, Refused for who put it or took part in the case, Conflict where somebody
    was first.
    """
    found = hold_of(user, pk, at)
    if not reason.strip():
        raise Invalid(errors={"reason": _("请写明怎样核实的、为什么可以发放。")})
    with _opened(found.due, user, at) as case:
        _locked_dues(case)
        holds = list(siblings(found).select_related("due"))
        if not holds:
            raise Conflict(_("这项暂缓已由他人解除。"), code="lifted")
        if any(hold.put_by_id == user.pk for hold in holds):
            raise Refused(_("暂缓须由导入名单或者决定暂缓的人以外的工作人员解除。"), code="four_eyes")
        note = vault.encrypt(case.application.data_key, reason.strip(), LIFTED)
        rows = [HoldLifted(hold=hold, put_by_id=hold.put_by_id, by=user, note=note, at=at) for hold in holds]
        HoldLifted.objects.bulk_create(rows)
        case.record("payment.hold_lifted", ground=found.ground, dues=len(holds))
    return len(holds)


def put(user: User, number: str, reason: str, at: datetime) -> list[Hold]:
    """Hold everything of a case that is not signed yet, as an official has reason to.

    `number`: the number of the case. Raises Invalid for what is missing or unknown, Refused for who took part,
    Conflict where nothing is left to hold.
    """
    due = _mine(user, at).filter(application__number=number.strip()).select_related("application").first()
    errors = {}
    if due is None:
        errors["number"] = _("没有找到这份申请，或者它没有应由本单位拨付的款项。请核对申请编号。")
    if not reason.strip():
        errors["reason"] = _("请写明为什么暂缓拨付。")
    if errors:
        raise Invalid(errors=errors)
    with _opened(due, user, at) as case:
        dues = _unsigned(case, user, at)
        if not dues:
            raise Conflict(_("这份申请没有可以暂缓的款项：已经复核、停发，或者已在暂缓。"), code="nothing_to_hold")
        note = vault.encrypt(case.application.data_key, reason.strip(), NOTE)
        holds = Hold.objects.bulk_create(
            Hold(due=one, ground=Ground.BY_HAND, note=note, put_by=user, put_at=at) for one in dues
        )
        case.record("payment.held", grounds=[str(Ground.BY_HAND)], dues=len(holds), rosters=[])
    return holds


def note_of(hold: Hold) -> str:
    """Why an official put a hold, "" for one a roster put. Raises KeyDestroyed or Undecipherable."""
    return vault.decrypt(hold.due.application.data_key, bytes(hold.note), NOTE) if hold.note else ""


def _mine(user: User, at: datetime) -> QuerySet[Due]:
    divisions = {office.division_id for office in scope.finance_offices(user, at)}
    return Due.objects.filter(budget__division__in=divisions)


def _opened(due: Due, user: User, at: datetime) -> Any:
    application = due.application
    if hands.took_part(user, [application.pk]):
        raise Refused(_("您参与办理过这份申请，或者是当事人、近亲属，不能办理暂缓和解除。"), code="four_eyes")
    return door.open_current(application.pk, application.process_ref, user=user, at=at)


def _locked_dues(case: door.Case) -> list[int]:
    mine = Due.objects.filter(application=case.application).order_by("pk")
    return list(mine.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def _unsigned(case: door.Case, user: User, at: datetime) -> list[Due]:
    """What of the case nobody has signed, stopped or held; locked."""
    locked = _locked_dues(case)
    signed = Payout.objects.live().filter(batch__state__in=SIGNED).values("due")
    free = _mine(user, at).filter(pk__in=locked, stop__isnull=True).exclude(pk__in=signed)
    return list(free.filter(~Exists(holding())).order_by("payable_from", "pk"))
