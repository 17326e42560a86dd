"""What a security administrator 安全管理员 does for accounts of officials in their area, each with a reason on record.

Unlocks, puts down that a second factor was lost, gives a new first password, signs out everywhere. Never for their own
account, and never for one that watches over the area: such accounts are the administrator's above. Whose account an
office is answerable for, follows from the posts in force on the day. What took somebody out takes out whatever they
linked, too: an identity that opens the account unlinks with its password, its second factor and its sign-ins. A lock
unlinks nothing: anybody who knows a name can bring one about.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q, QuerySet, TextChoices
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Event
from people.models import LostFactor, Post, SignIn, SignInLock, User
from people.posts import in_force, posts_of
from people.refusals import Conflict, Invalid, NotFound
from people.staffing import PASSWORD_LENGTH, PASSWORD_LETTERS, offices_of, roles_for
from project.sign_in import identity, locks, lost_factor, lost_of_officials, records, sessions
from project.sign_in.adapter import AccountAdapter

EVENTS_SHOWN = 50
RECENT = timedelta(days=7)


class Reason(TextChoices):
    """Why: a code, because events hold no free text about anybody."""

    IN_PERSON = "in_person", gettext_lazy("本人到场，核对了证件")
    CALLED_BACK = "called_back", gettext_lazy("按登记的电话回拨，核实是本人")
    DEVICE_LOST = "device_lost", gettext_lazy("手机或者钥匙丢失、损坏，本人到场")
    SUSPECTED = "suspected", gettext_lazy("怀疑账号被别人使用")
    LEFT = "left", gettext_lazy("调离或者长期不在岗")


@dataclass(frozen=True)
class Standing:
    """How an account stands: its lock, its second factors by type, where it is signed in, whether one was lost."""

    user: User
    lock: SignInLock | None
    factors: list[str]
    signed_in: list[SignIn]
    lost: LostFactor | None


def accounts_of(by: User, at: datetime) -> QuerySet[User]:
    """Accounts of officials with a post in force, or made, at the offices of the administrator's area."""
    offices = offices_of(by, at).values("pk")
    holding = Post.objects.filter(in_force(timezone.localdate(at)), office__in=offices).values("user")
    return User.objects.filter(Q(pk__in=holding) | Q(staff_of__in=offices)).exclude(pk=by.pk)


def account_of(by: User, user_id: int, at: datetime) -> User:
    """One of them, which the administrator may act on. Raises NotFound."""
    user = accounts_of(by, at).select_related("staff_of").filter(pk=user_id).first()
    if user is None or not _is_theirs(by, user, at):
        raise NotFound()
    return user


def locked(by: User, at: datetime) -> QuerySet[SignInLock]:
    """Locks in force on accounts of the area, the newest first."""
    in_force = SignInLock.objects.filter(until__gt=at, lifted_at__isnull=True, user__in=accounts_of(by, at))
    return in_force.select_related("user")


def events(by: User, at: datetime) -> list[Event]:
    """The last sign-in events of the area's accounts, the newest first."""
    streams = [f"user:{pk}" for pk in accounts_of(by, at).values_list("pk", flat=True)]
    recent = Event.objects.filter(stream__in=streams, at__gte=at - RECENT)
    return list(recent.order_by("-id")[:EVENTS_SHOWN])


def events_of(user: User) -> list[Event]:
    """The last sign-in events of one account."""
    return list(Event.objects.filter(stream=records.stream_of(user)).order_by("-id")[:EVENTS_SHOWN])


def standing(user: User, at: datetime) -> Standing:
    """How the account stands now."""
    types = Authenticator.objects.filter(user=user).order_by("type").values_list("type", flat=True)
    return Standing(
        user, locks.lock_of(user, at), list(types), list(sessions.open_of(user)), lost_factor.waiting_of(user)
    )


def unlock(request: HttpRequest, user_id: int, reason: str, at: datetime) -> User:
    """Lift the lock on an account. Raises NotFound, Invalid without a reason, Conflict when it is not locked."""
    with transaction.atomic():
        user = _taken(request.user, user_id, reason, at)
        in_force = user.locks.filter(until__gt=at, lifted_at__isnull=True)
        if not in_force.update(lifted_at=at, lifted_by=request.user):
            raise Conflict(_("这个账号没有锁定。"), code="not_locked")
        records.record(user, "signin.unlocked", at, by=request.user, reason=reason)
    AccountAdapter(request).unlock(request, user)
    return user


def lose_factor(by: User, user_id: int, reason: str, at: datetime) -> User:
    """Put down that a second step was lost; a second administrator takes it off (lost_of_officials.py).

    Raises NotFound, Invalid without a reason, Conflict when there is none, or when it was put down already.
    """
    with transaction.atomic():
        user = _taken(by, user_id, reason, at)
        lost_of_officials.put_down(user, by, reason, at)
    return user


def new_password(by: User, user_id: int, reason: str, at: datetime) -> tuple[User, str]:
    """A new first password, shown once, to be changed at the next sign-in; every sign-in ends.

    Raises NotFound, Invalid without a reason.
    """
    password = get_random_string(PASSWORD_LENGTH, PASSWORD_LETTERS)
    with transaction.atomic():
        user = _taken(by, user_id, reason, at)
        user.password, user.must_change_password = make_password(password), True
        user.password_once_until = None
        user.save(update_fields=["password", "must_change_password", "password_once_until"])
        records.record(user, "password.reset", at, by=by, reason=reason)
        identity.unlink(user, at, by)
        sessions.end_others(user, "", SignIn.Why.SECURITY, at)
    return user, password


def sign_out(by: User, user_id: int, reason: str, at: datetime) -> tuple[User, int]:
    """End every sign-in of an account; how many there were. Raises NotFound, Invalid without a reason."""
    with transaction.atomic():
        user = _taken(by, user_id, reason, at)
        records.record(user, "signin.ended", at, by=by, reason=reason)
        identity.unlink(user, at, by)
        ended = sessions.end_others(user, "", SignIn.Why.SECURITY, at)
    return user, ended


def _taken(by: User, user_id: int, reason: str, at: datetime) -> User:
    """The account, locked for the transaction, once there is a reason."""
    user = account_of(by, user_id, at)
    if reason not in Reason.values:
        raise Invalid(errors={"reason": _("请选择原因。")})
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _is_theirs(by: User, user: User, at: datetime) -> bool:
    """Every post in force lies in the area and is one the administrator might have given."""
    if user.pk == by.pk:
        return False
    held = posts_of(user, at)
    inside = set(offices_of(by, at).filter(pk__in=[one.office_id for one in held]).values_list("pk", flat=True))
    return all(one.office_id in inside and one.role in roles_for(by, one.office, at) for one in held)
