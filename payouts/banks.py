"""经办银行: banks that are paid subsidised interest. Their accounts are typed by a maker and confirmed by a checker."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from applications.organisations import known_by, rests
from audit import chain
from benefits.models import Due, LoanBank, LoanBankAccount
from helping.organisations import standing
from payouts import hands, scope
from payouts.models import Payout
from people import recording, vault
from people.identity import normalise_organisation
from people.models import Office, Organisation, User
from people.refusals import Conflict, Invalid, NotFound, Refused

ACCOUNT, OPENED_AT = "loan_bank.account", "loan_bank.opened_at"
State = LoanBankAccount.State


@dataclass(frozen=True)
class Clear:
    """An account in clear, and where it is kept; "" where none is confirmed."""

    account: str = ""
    opened_at: str = ""


@dataclass(frozen=True)
class Said:
    """What a maker types of a bank: its code, its name, its account and where that is kept."""

    uscc: str
    name: str
    account: str
    opened_at: str


class Accounts:
    """The confirmed accounts of banks, each opened once: the lines of a file are many, its banks are few."""

    def __init__(self) -> None:
        self._known: dict[int, Clear] = {}

    def of(self, bank: LoanBank) -> Clear:
        """The account that is paid to now. Raises KeyDestroyed or Undecipherable."""
        if bank.pk not in self._known:
            confirmed = [one for one in bank.accounts.all() if one.state == State.CONFIRMED]
            last = max(confirmed, key=lambda one: (one.checked_at, one.pk), default=None)
            self._known[bank.pk] = clear(last, bank.organisation) if last else Clear()
        return self._known[bank.pk]


def clear(account: LoanBankAccount, organisation: Organisation) -> Clear:
    """Open an account. Raises KeyDestroyed or Undecipherable."""
    key = organisation.data_key
    number = vault.decrypt(key, bytes(account.account), ACCOUNT)
    return Clear(number, vault.decrypt(key, bytes(account.opened_at), OPENED_AT))


def payable_bank() -> Q:
    """For a query over dues: those that pay no bank, and those whose bank has an account that was confirmed."""
    confirmed = LoanBankAccount.objects.filter(bank=OuterRef("bank"), state=State.CONFIRMED)
    return Q(bank__isnull=True) | Exists(confirmed)


def confirmed_since() -> QuerySet[LoanBankAccount]:
    """For a query over payouts: the accounts of its bank confirmed since its batch was sealed."""
    return LoanBankAccount.objects.filter(
        bank=OuterRef("due__bank"), state=State.CONFIRMED, checked_at__gt=OuterRef("batch__sealed_at")
    )


def lock(banks: Iterable[int]) -> None:
    """Lock banks, by number. Who grants, seals or confirms an account does so: each finds what the other did before."""
    rows = LoanBank.objects.filter(pk__in=set(banks)).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def banks_of(user: User, at: datetime) -> QuerySet[LoanBank]:
    """The banks of the user's bureaus."""
    divisions = {office.division_id for office in scope.finance_offices(user, at)}
    rows = LoanBank.objects.filter(division__in=divisions).select_related("organisation__data_key", "division")
    return rows.prefetch_related("accounts__keyed_by")


def key_in(user: User, office_id: int, said: Said, at: datetime) -> LoanBankAccount:
    """A maker types the account of a bank, new or known; a checker confirms it before anything is paid to it.

    Raises NotFound for a bureau that is not the user's, Refused for who is no maker, Invalid where the code belongs to
    another name, Conflict while an account of the bank waits.
    """
    office = scope.finance_office(user, office_id, at)
    scope.require(user, scope.MAKER, office, at)
    with transaction.atomic():
        bank = _bank(office, said, at)
        account = _written(bank, said, user, at)
        data = {"account": account.pk, "division": bank.division_id}
        chain.append(bank.stream, "loan_bank.keyed", actor=user.username, at=at, subject=bank.reference, data=data)
    return account


def _bank(office: Office, said: Said, at: datetime) -> LoanBank:
    name = normalise_organisation(said.name)
    organisation = known_by(said.uscc) or recording.new_organisation(said.uscc, name)
    if organisation.name != name:
        _rename(organisation, name, at)
    return LoanBank.objects.get_or_create(division_id=office.division_id, organisation=organisation)[0]


def _rename(organisation: Organisation, name: str, at: datetime) -> None:
    """A code is public: what somebody once typed beside it, and nothing rests on, keeps no bank from being registered.

    Raises Invalid where a case, a bank or a letter of authority rests on the name.
    """
    bank = LoanBank.objects.filter(organisation=organisation).exists()
    if bank or rests(organisation) or standing.in_force(at).filter(organisation=organisation).exists():
        words = _("这个统一社会信用代码登记的名称是“%(name)s”。请核对代码和名称。") % {"name": organisation.name}
        raise Invalid(errors={"name": words})
    organisation.name = name
    organisation.save(update_fields=["name"])


def _written(bank: LoanBank, said: Said, user: User, at: datetime) -> LoanBankAccount:
    key = bank.organisation.data_key
    sealed = {"account": vault.encrypt(key, said.account, ACCOUNT)}
    sealed["opened_at"] = vault.encrypt(key, said.opened_at.strip(), OPENED_AT)
    try:
        with transaction.atomic():
            return LoanBankAccount.objects.create(bank=bank, keyed_by=user, keyed_at=at, **sealed)
    except IntegrityError as error:
        raise Conflict(_("这家银行有一个账号正等待核对，核对以后才能再填。"), code="account_waits") from error


def _refuse_part(user: User, bank: LoanBank) -> None:
    paid = Due.objects.filter(payouts__state=Payout.State.PAID)
    owed = Due.objects.filter(bank=bank, stop__isnull=True).exclude(pk__in=paid.filter(bank=bank).values("pk"))
    part = hands.part_in(user, set(owed.values_list("application", flat=True)))
    if part:
        words = _("%(part)s，贴息要拨到这个账号，须由其他人核对。") % {"part": part}
        raise Refused(words, code="four_eyes")


def _after_sealing(bank: LoanBank, at: datetime) -> datetime:
    """The moment of a confirmation: later than every batch that was sealed with the account of before, while who
    confirms waited for its lock too.
    """
    sealed = Payout.objects.filter(due__bank=bank).aggregate(last=Max("batch__sealed_at"))["last"]
    return max(at, sealed + timedelta.resolution) if sealed else at


def waiting_of(user: User, at: datetime) -> QuerySet[LoanBankAccount]:
    """The accounts to confirm, of banks of the user's bureaus; oldest first."""
    waiting = LoanBankAccount.objects.filter(state=State.WAITING, bank__in=banks_of(user, at).values("pk"))
    return waiting.select_related("bank__organisation__data_key", "bank__division", "keyed_by").order_by("pk")


def check(user: User, pk: int, accepted: bool, at: datetime) -> LoanBankAccount:
    """A checker confirms an account, from which moment it is paid to; or not. Never who typed it, nor who had a part
    in a case whose money it waits for.

    Raises NotFound, Refused, Conflict where it was checked meanwhile.
    """
    found = waiting_of(user, at).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    offices = [one for one in scope.finance_offices(user, at) if one.division_id == found.bank.division_id]
    if not any(scope.may(user, scope.CHECKER, office, at) for office in offices):
        raise Refused(_("这一步须由财务复核岗位决定。"), code="other_role")
    if found.keyed_by_id == user.pk:
        raise Refused(_("账号须由填写人以外的工作人员核对。"), code="four_eyes")
    with transaction.atomic():
        lock([found.bank_id])
        _refuse_part(user, found.bank)
        account = LoanBankAccount.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        if account.state != State.WAITING:
            raise Conflict(_("这个账号已由他人核对。"), code="checked")
        account.state = State.CONFIRMED if accepted else State.REJECTED
        account.checked_by, account.checked_at = user, _after_sealing(found.bank, at)
        account.save()
        act = "loan_bank.confirmed" if accepted else "loan_bank.rejected"
        bank = found.bank
        chain.append(bank.stream, act, actor=user.username, at=at, subject=bank.reference, data={"account": pk})
    return account
