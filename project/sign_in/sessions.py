"""Sign-ins from beginning to end: how long they last, where an account is signed in, and ending them elsewhere.

A sign-in ends `SESSION_SECONDS` after it began and after so many minutes without an act; both are kept in the session
and asked for by `project.sign_in.ends`. The rows say the same to the account and to the security administrator. Once a
sign-in has ended its row holds no key any more, only a keyed hash: enough to tell the browser that comes back why.
"""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from people import vault
from people.models import SignIn, User
from people.posts import posts_of
from project.sign_in import records
from project.sign_in.devices import device_of

RECORD = "sign_in"
# The session is written at most so often for having been used.
EVERY = 60
KEPT_FOR = timedelta(days=180)
KEY_LENGTH = 40
Why = SignIn.Why


def idle_seconds(user: User) -> int:
    """After how many seconds without an act the account's sign-in ends."""
    minutes = settings.IDLE_MINUTES_STAFF if posts_of(user) else settings.IDLE_MINUTES_APPLICANTS
    return minutes * 60


def mark(session: SessionBase, user: User, at: datetime) -> None:
    """Note in the session when it began and how long it may lie idle."""
    now = int(at.timestamp())
    session[RECORD] = {"began": now, "seen": now, "idle": idle_seconds(user)}


def begin(request: HttpRequest, user: User, at: datetime) -> int:
    """Keep a row of the sign-in; where an account may be signed in once only, end the others and return how many."""
    if not request.session.session_key:
        request.session.save()
    device = device_of(request.headers.get("User-Agent", ""))
    key = request.session.session_key
    row, _created = SignIn.objects.update_or_create(
        key=key, defaults={"user": user, "device": device, "began_at": at, "seen_at": at, "ended_at": None, "why": ""}
    )
    request.session[RECORD] = request.session[RECORD] | {"row": row.pk}
    return end_others(user, key, Why.NEW_SIGN_IN, at) if is_single(user) else 0


def follow(session: SessionBase) -> None:
    """The session has another key since the password was changed: the row goes with it."""
    row = session.get(RECORD, {}).get("row")
    if row and session.session_key:
        SignIn.objects.filter(pk=row, ended_at__isnull=True).update(key=session.session_key)


def is_single(user: User) -> bool:
    """Whether the account may be signed in at one place only."""
    return settings.SINGLE_SESSION == "all" or (settings.SINGLE_SESSION == "staff" and bool(posts_of(user)))


def seconds_left(session: SessionBase, at: datetime) -> tuple[int, int]:
    """Seconds until the sign-in ends by lying idle, and until it ends in any case. Below one it has ended."""
    record, now = session.get(RECORD), int(at.timestamp())
    if not isinstance(record, dict):
        return settings.SESSION_COOKIE_AGE, settings.SESSION_COOKIE_AGE
    return record["seen"] + record["idle"] - now, record["began"] + settings.SESSION_COOKIE_AGE - now


def overdue(session: SessionBase, at: datetime) -> str:
    """Why the sign-in is over; empty while it is not."""
    idle, age = seconds_left(session, at)
    if age < 1:
        return Why.AGE
    return Why.IDLE if idle < 1 else ""


def seen(session: SessionBase, at: datetime, *, at_once: bool = False) -> None:
    """Note that the account did something; at most once a minute, unless `at_once`."""
    record = session.get(RECORD)
    now = int(at.timestamp())
    if not isinstance(record, dict) or (not at_once and now - record["seen"] < EVERY):
        return
    session[RECORD] = record | {"seen": now}
    if "row" in record:
        SignIn.objects.filter(pk=record["row"], ended_at__isnull=True, seen_at__lt=at).update(seen_at=at)


def open_of(user: User) -> QuerySet[SignIn]:
    """Where the account is signed in, the latest first."""
    return user.sign_ins.filter(ended_at__isnull=True)


def end(key: str, why: str, at: datetime) -> SignIn | None:
    """One sign-in has ended; the row of it, None when it is not known or had ended before."""
    row = SignIn.objects.select_related("user").filter(key=key, ended_at__isnull=True).first()
    if row is None:
        return None
    gone = {"ended_at": max(at, row.seen_at), "why": why, "key": _spent(key)}
    SignIn.objects.filter(pk=row.pk, ended_at__isnull=True).update(**gone)
    records.record(row.user, "signin.out", at, why=str(why))
    return row


def ended(key: str, at: datetime) -> SignIn | None:
    """The sign-in whose session, by the key a browser shows, is gone; None when it is not known, or was told before.

    One that is open still has run out of time, or somebody deleted the session for safety.
    """
    row = SignIn.objects.filter(key=key, ended_at__isnull=True).first()
    if row is not None:
        ran_out = at >= row.began_at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        end(key, Why.AGE if ran_out else Why.SECURITY, at)
    return SignIn.objects.select_related("user").filter(key=_spent(key), ended_at__isnull=False).first()


def forget(key: str) -> None:
    """Its browser was told: whoever else shows the key of this ended sign-in is nobody."""
    told = SignIn.objects.filter(key=_spent(key), ended_at__isnull=False)
    told.update(key=get_random_string(KEY_LENGTH))


def _spent(key: str) -> str:
    return vault.blind_index("session_key", key)[:KEY_LENGTH]


def end_others(user: User, key: str, why: str, at: datetime) -> int:
    """End every sign-in of the account but this one at once; how many there were. `key` "" ends all."""
    rows = list(open_of(user).exclude(key=key).values_list("key", flat=True))
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for other in rows:
        store(other).delete()
        end(other, why, at)
    return len(rows)


def clear(at: datetime) -> int:
    """By the clock: rows whose time has run out are closed, old ones and expired sessions deleted; how many rows."""
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    over = SignIn.objects.filter(ended_at__isnull=True, began_at__lt=at - longest)
    closed = 0
    for row in over.iterator():
        closed += end(row.key, Why.AGE, at) is not None
    old, _by_table = SignIn.objects.filter(ended_at__lt=at - KEPT_FOR).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return closed + old
