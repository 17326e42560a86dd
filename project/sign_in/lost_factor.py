"""A second step of signing in that was lost: how it is asked for, waits, is objected to and is taken off.

Whoever signs in by the second step has not lost it, which ends the matter; so does the owner's word from any place
where the account is signed in. An applicant's is taken off by the clock after a time to object in
(lost_at_counter.py), an official's by a second administrator (lost_of_officials.py).
"""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from applications.each import done_for_each
from people.models import LostFactor, SignIn, User
from people.refusals import Conflict
from project.sign_in import identity, records, resetting, sessions, telling_of
from project.sign_in.second_factor import take_all

FILE = Path(__file__).with_name("lost_factors.toml")
# What somebody who signed in by a second step has shown, as allauth calls it.
SHOWN = frozenset({"totp", "webauthn", "recovery_codes"})
How = LostFactor.How


@cache
def hours(name: str) -> int:
    """So many hours, by its name in lost_factors.toml. Raises KeyError."""
    return int(tomllib.loads(FILE.read_text(encoding="utf-8"))[name])


def waiting_of(user: User) -> LostFactor | None:
    """What is under way for an account."""
    return LostFactor.objects.filter(user=user, ended_at__isnull=True).first()


def ask(user: User, by: User, span: timedelta, at: datetime, **said: Any) -> LostFactor:
    """Put down that an account's second step was lost; the caller's transaction holds it.

    Raises Conflict where there is none, or where it was put down already.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not Authenticator.objects.filter(user=user).exists():
        raise Conflict(_("这个账号没有开通第二步登录。"), code="no_factor")
    if waiting_of(user) is not None:
        raise Conflict(_("这个账号的第二步登录已经登记过，正在等。"), code="waiting")
    return LostFactor.objects.create(user=user, by=by, asked_at=at, until=at + span, **said)


def keep(user: User, at: datetime, by: User | None = None) -> bool:
    """The second step stays; whether it was to be taken off. `by`: who says so, when not the owner."""
    if waiting_of(user) is None:
        return False
    with transaction.atomic():
        row = locked(user)
        if row is None:
            return False
        close(row, How.KEPT, at)
        event = records.record(user, "factor.kept", at, by=by)
        telling_of.tell_everywhere(user, f"{event.stream}:{event.seq}", "factor_kept", at)
    return True


def locked(user: User) -> LostFactor | None:
    """What is under way for an account, the account locked before it, for the caller's transaction."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    rows = LostFactor.objects.select_for_update(of=("self",), no_key=True).filter(user=user, ended_at__isnull=True)
    return rows.first()


def close(row: LostFactor, how: str, at: datetime) -> None:
    """A locked one has ended."""
    row.how, row.ended_at = how, at
    row.save(update_fields=["how", "ended_at", "second"])


def take_off(row: LostFactor, actor: str, at: datetime) -> None:
    """Take every second step off a locked account; whoever was signed in, or could by an identity, no longer is."""
    close(row, How.TAKEN, at)
    types = take_all(row.user)
    event = records.record_by(actor, row.user, "factor.reset", at, reason=row.reason, types=types)
    identity.unlink(row.user, at, row.second)
    sessions.end_others(row.user, "", SignIn.Why.SECURITY, at)
    telling_of.tell_everywhere(row.user, f"{event.stream}:{event.seq}", "factor_taken_off", at)


def run(at: datetime) -> int:
    """By the clock: take off what nobody objected to, give up what no second administrator agreed to; how many.

    One that fails holds up none behind it.
    """
    due = LostFactor.objects.filter(until__lte=at, ended_at__isnull=True).order_by("pk")
    return done_for_each(due.values_list("user", flat=True), lambda user: _run_one(user, at))


def _run_one(user_id: int, at: datetime) -> bool:
    with transaction.atomic():
        user = User.objects.get(pk=user_id)
        row = locked(user)
        if row is None or row.until > at:
            return False
        if row.office_id is None:
            close(row, How.OVER, at)
        elif resetting.applicant_named(user.username) is None:
            close(row, How.KEPT, at)  # an official's by now, or closed: no longer a counter's business
        else:
            take_off(row, "clock", at)
    return True
