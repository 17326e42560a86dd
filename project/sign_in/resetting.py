"""A forgotten password: a telephone or an e-mail address that was proved before lets its owner choose a new one.

What a page answers, and what it costs, is the same for a name that is no account: the request looks the name up and
writes a row, an event and a job in each case; the job alone finds out whether there is anywhere to send to. Only what
a code came back from counts: the number that came with an application was never proved. Officials' accounts are the
security administrator's (security.py); who proved nothing goes to a counter (at_counter.py).
"""

import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from people import throttle, vault
from people.models import PasswordCode, SignIn, User
from people.refusals import Conflict, Invalid
from project.sign_in import identity, passwords, records, sessions, telling_of
from telling import recipients
from telling.kinds import ASKED_LASTS
from telling.wishing import wish_of

LASTS = ASKED_LASTS
# assumed: one message a minute and five a day for one name from one side, so that whoever knows a name uses up their
# own five and not its owner's; and fifteen a day in all, so that nobody's telephone is made to ring all day.
A_MINUTE, A_DAY, MOST_A_DAY, MOST_IN_ALL = 60, 24 * 60 * 60, 5, 15
KEPT_FOR = timedelta(days=1)
Channel = PasswordCode.Channel


def ask(name: str, channel: str, side: str, at: datetime, earlier: int | None = None) -> PasswordCode:
    """Somebody forgot the password of a name; `send` sees to the rest. `side`: from where they ask.

    After the last message that one name gets in a day, the answer stays the same and nothing is sent: what was sent
    for the `earlier` question of this browser goes on to serve. Raises Conflict where the name was asked for from this
    side a moment ago, or too often today.
    """
    named = name.upper().casefold()  # as databases compare it: ı and ſ count as i and s
    asked = f"{named} {side}"
    if not throttle.allowed_for("password-minute", asked, 1, A_MINUTE):
        raise Conflict(_("刚刚为这个账号要过。请一分钟以后再试；已经收到的照样能用。"), code="too_soon")
    if not throttle.allowed_for("password-day", asked, MOST_A_DAY, A_DAY):
        told = _("今天在这里为这个账号要的次数太多。已经收到的照样能用；没有收到的，请明天再试，或者到窗口办理。")
        raise Conflict(told, code="too_often")
    user, sent = applicant_named(name), throttle.allowed_for("password-in-all", named, MOST_IN_ALL, A_DAY)
    with transaction.atomic():
        row = None if sent else _open(at).filter(pk=earlier, channel=channel).first()
        if row is None:
            owner = user if sent else None
            row = PasswordCode.objects.create(user=owner, channel=channel, asked_at=at, until=at + LASTS)
        if user is None:
            records.record_nobody("password.asked", at)
        else:
            records.record(user, "password.asked", at, channel=channel, sent=sent)
    return row


def send(pk: int, at: datetime) -> bool:
    """Send what was asked for to the address that was proved; whether there was one. Safe to repeat."""
    with transaction.atomic():
        rows = PasswordCode.objects.select_for_update(of=("self",), no_key=True).filter(digest="", until__gt=at)
        row = rows.filter(pk=pk, user__isnull=False).first()
        address = _proved(row) if row else ""
        if row is None or not address:
            return False
        if row.channel == Channel.SMS:
            secret = f"{secrets.randbelow(1_000_000):06d}"
            row.digest, said = _code_digest(row.pk, secret), {"code": secret}
        else:
            secret = secrets.token_hex(16)
            row.digest, said = _link_digest(secret), {"link": f"{settings.SITE_URL}{_link_page()}?key={secret}"}
        row.save(update_fields=["digest"])
        telling_of.send_secret(row, address, said, at)
    return True


def by_code(pk: int, code: str, password: str, at: datetime) -> bool:
    """Whether the code is the one that was sent; the account has the new password then.

    A wrong code counts, which is kept. Raises Conflict where none is waited for any more, Invalid for a password that
    the rules do not take.
    """
    with transaction.atomic():
        row = _locked(at, pk=pk, channel=Channel.SMS)
        if not hmac.compare_digest(row.digest, _code_digest(row.pk, code)):
            row.tries += 1
            row.save(update_fields=["tries"])
            return False
        _change(row, password, at)
    return True


def by_link(token: str, password: str, at: datetime) -> None:
    """The account that the link was sent for has the new password. Raises Conflict, Invalid as `by_code`."""
    with transaction.atomic():
        _change(_locked(at, digest=_link_digest(token), channel=Channel.EMAIL), password, at)


def is_open(token: str, at: datetime) -> bool:
    """Whether a link may still be used."""
    return _open(at).filter(digest=_link_digest(token), channel=Channel.EMAIL).exists()


def applicant_named(name: str) -> User | None:
    """The account of this name that is no official's, and never was; None for any other name."""
    applicants = User.objects.filter(is_active=True, staff_of__isnull=True, posts__isnull=True)
    return applicants.filter(username__iexact=name).first()


def clear(at: datetime) -> int:
    """By the clock: delete what nobody can use any more; how much."""
    gone, _by_table = PasswordCode.objects.filter(until__lte=at - KEPT_FOR).delete()
    return gone


def _open(at: datetime) -> QuerySet[PasswordCode]:
    return PasswordCode.objects.filter(until__gt=at, used_at__isnull=True)


def _proved(row: PasswordCode) -> str:
    wish = wish_of(row.user)
    return recipients.proved_addresses(wish, {row.channel}).get(row.channel, "") if wish else ""


def _locked(at: datetime, **which: object) -> PasswordCode:
    """A code that still serves, and before it its account: two codes of one account, used at once, wait in turn."""
    of_code = {f"password_codes__{name}": value for name, value in which.items()}
    User.objects.select_for_update(of=("self",), no_key=True).filter(**of_code).first()
    rows = PasswordCode.objects.select_for_update(of=("self",), no_key=True).filter(**which)
    row = rows.filter(until__gt=at, used_at__isnull=True, tries__lt=PasswordCode.MOST_TRIES).first()
    if row is None:
        raise Conflict(_("已经过期、用过了，或者输错太多次。请重新获取。"), code="no_code")
    return row


def _change(row: PasswordCode, password: str, at: datetime) -> None:
    """A new password of a locked account, told to the owner.

    Whoever else was signed in, or could sign in by an identity, no longer is.
    """
    user = User.objects.get(pk=row.user_id)
    if applicant_named(user.username) is None:
        raise Conflict(code="no_code")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(errors={"password1": "".join(error.messages)}) from error
    before = user.password
    user.set_password(password)
    user.save(update_fields=["password"])
    passwords.changed(user, before, at)
    PasswordCode.objects.filter(user=user, used_at__isnull=True, until__gt=at).exclude(pk=row.pk).delete()
    row.used_at = at
    row.save(update_fields=["used_at"])
    records.record(user, "password.recovered", at, channel=row.channel)
    identity.unlink(user, at)
    sessions.end_others(user, "", SignIn.Why.ELSEWHERE, at)
    telling_of.tell(user, f"password:{row.pk}:changed", "password_recovered", at)


def _link_page() -> str:
    return reverse("account_reset_password_link")


def _code_digest(pk: int, code: str) -> str:
    return vault.blind_index("password_code", f"{pk}:{code}")


def _link_digest(token: str) -> str:
    return vault.blind_index("password_link", token)
