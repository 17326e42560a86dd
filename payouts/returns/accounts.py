"""收款账号更正: after money came back the applicant types the account anew, and somebody else checks it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications import actions, door
from applications import answers as answers_of
from applications.models import Application
from applications.own import Act
from payouts import hands, scope
from payouts.models import AccountCorrection, Payout
from payouts.returns.uncorrected import keeps_waiting
from people import vault
from people.models import User
from people.refusals import Conflict, Invalid, NotFound, Refused

ACCOUNT, BANK, REASON = "correction.account", "correction.bank", "correction.reason"
State = AccountCorrection.State


@dataclass(frozen=True)
class Clear:
    """What a correction says, in clear; `reason` is why it was not accepted."""

    account: str
    bank: str
    reason: str


def clear(correction: AccountCorrection) -> Clear:
    """Open a correction. Raises KeyDestroyed or Undecipherable."""
    key = correction.application.data_key
    reason = vault.decrypt(key, bytes(correction.reason), REASON) if correction.reason else ""
    account = vault.decrypt(key, bytes(correction.account), ACCOUNT)
    return Clear(account, vault.decrypt(key, bytes(correction.bank), BANK), reason)


def came_back(application: Application) -> QuerySet[Payout]:
    """Money of a case that came back and was not paid anew; some of it may not be owed any more."""
    mine = Payout.objects.filter(due__application=application, state=Payout.State.RETURNED)
    return mine.select_related("due", "batch").order_by("due__payable_from", "pk")


def last_of(application: Application) -> AccountCorrection | None:
    """The last correction of a case."""
    return application.account_corrections.order_by("-pk").first()


def wanted(application: Application) -> bool:
    """Whether the applicant has to type the account anew: payments wait for one, and none waits to be checked."""
    last = last_of(application)
    return (last is None or last.state != State.WAITING) and keeps_waiting(application)


def key_in(user: User, public_id: str, account: str, bank: str, at: datetime) -> AccountCorrection:
    """The applicant of the case gives another account. Raises NotFound for others, Conflict where none is asked for."""
    with actions.own_case(user, public_id, at, Act.ACCOUNT) as case:
        application = case.application
        if not wanted(application):
            raise Conflict(_("这份申请现在不需要更正收款账号，或者您已经提交，正在核对。"), code="not_wanted")
        correction = AccountCorrection.objects.create(
            application=application,
            **_sealed(application, account, bank),
            keyed_by=user,
            keyed_at=at,
        )
        case.record("account.keyed", correction=correction.pk)
    return correction


def _sealed(application: Application, account: str, bank: str) -> dict[str, bytes]:
    try:
        sealed = vault.encrypt(application.data_key, account, ACCOUNT)
        return {"account": sealed, "bank": vault.encrypt(application.data_key, bank, BANK)}
    except vault.VaultError as error:
        text = _("这份申请的资料已经无法读取，账号不能保存。请带上身份证和银行卡，到作出决定的单位办理。")
        raise Conflict(text, code="unreadable") from error


def waiting_of(user: User, at: datetime) -> QuerySet[AccountCorrection]:
    """Corrections to check, of cases whose money came back to the user's bureaus; oldest first."""
    divisions = {office.division_id for office in scope.finance_offices(user, at)}
    cases = Payout.objects.filter(due__budget__division__in=divisions, state=Payout.State.RETURNED)
    waiting = AccountCorrection.objects.filter(state=State.WAITING, application__in=cases.values("due__application"))
    return waiting.select_related("application__data_key", "keyed_by").order_by("pk")


def check(user: User, pk: int, accepted: bool, reason: str, at: datetime) -> AccountCorrection:
    """Accept an account, from which moment it is used; or not, with a reason the applicant reads.

    By somebody who neither typed it nor took part in the case. Raises NotFound, Refused, Invalid, Conflict.
    """
    found = waiting_of(user, at).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    if not accepted and not reason.strip():
        raise Invalid(errors={"reason": _("请写明为什么不能使用，申请人会看到。")})
    if found.application.data_key.destroyed_at or (accepted and not _readable(found)):
        raise Conflict(unreadable_words(), code="unreadable")
    with door.open_current(found.application_id, found.application.process_ref, user=user, at=at) as case:
        correction = AccountCorrection.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        if correction.state != State.WAITING:
            raise Conflict(_("这个账号已由他人核对。"), code="checked")
        if correction.keyed_by_id == user.pk or hands.took_part(user, [found.application_id]):
            raise Refused(_("账号须由填写人以外、没有参与过本案的工作人员核对。"), code="four_eyes")
        _decide(case, correction, accepted, reason.strip())
    return correction


def unreadable_words() -> str:
    """That nobody can read the account, in the reader's language."""
    return _("这个账号无法读取，不能使用。请联系管理员。")


def _readable(correction: AccountCorrection) -> bool:
    try:
        clear(correction)
    except vault.VaultError:
        return False
    return True


def _decide(case: door.Case, correction: AccountCorrection, accepted: bool, reason: str) -> None:
    correction.application = case.application
    correction.state = State.CONFIRMED if accepted else State.REJECTED
    correction.checked_by, correction.checked_at = case.user, case.at
    if not accepted:
        correction.reason = vault.encrypt(case.application.data_key, reason, REASON)
    correction.save()
    if accepted:
        _use(case, clear(correction))
    case.record("account.confirmed" if accepted else "account.rejected", correction=correction.pk)


def _use(case: door.Case, said: Clear) -> None:
    """From now on lines of this case go to the new account, and the payee is known by it."""
    application = case.application
    answers = answers_of.read(application) | {"account": said.account, "bank": said.bank}
    answers_of.write(application, answers)
    case.save()
    holder = application.payee_organisation or application.payee
    if holder is not None:
        holder.account = vault.encrypt(holder.data_key, said.account, "account")
        holder.account_index = vault.blind_index("account", said.account)
        # The rest of the row is not ours and may have changed since it was read.
        holder.save(update_fields=["account", "account_index"])
