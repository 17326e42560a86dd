"""A copy of one's data: asked for, made by a worker, sealed, handed out to its owner alone, destroyed after days."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain as one_after_another

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from archives.models import DataExport
from archives.my_data import writing
from archives.packages.work import Measured
from audit import chain
from papers import attempts
from people import sealed_files, sealed_streams, vault
from people.finding import one_of
from people.models import User
from people.refusals import Conflict

log = logging.getLogger(__name__)
FOLDER = "my-data"
# Minutes until another worker may begin, after each attempt.
PAUSES = (30, 60, 240)
COPIES_A_RUN = 5
DAYS_KEPT = 7
CLOCK = "clock"
State = DataExport.State


def ask(user: User, at: datetime) -> DataExport:
    """Have a copy made; one that is being made is not made twice."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        waiting = _waiting().filter(user=user).first()
        if waiting is not None:
            return waiting
        key = vault.new_data_key()
        key.save()
        copy = DataExport.objects.create(user=user, data_key=key, asked_at=at, next_attempt_at=at)
        _note(copy, "data.exported", user.username, at)
        transaction.on_commit(lambda: make_copy.enqueue(copy.pk))
    return copy


def copy_of(user: User, pk: int) -> DataExport:
    """One's own copy. Raises NotFound."""
    return one_of(DataExport.objects.select_related("data_key"), pk=pk, user=user)


def opened(copy: DataExport, at: datetime) -> Iterator[bytes]:
    """The copy, frame by frame, counted and noted before the first. Raises Conflict when it is not ready, or over."""
    if copy.state != State.READY or copy.expires_at <= at:
        raise Conflict(_("这份副本还没有生成好，或者已经过期。请返回查看，需要时重新申请。"), code="not_ready")
    frames = sealed_streams.reading(copy.stored, copy.data_key, _context(copy))
    try:
        first = next(frames)
    except (vault.VaultError, FileNotFoundError) as error:
        raise Conflict(_("这份副本无法打开，请重新申请。"), code="unreadable") from error
    with transaction.atomic():
        DataExport.objects.filter(pk=copy.pk).update(fetched=F("fetched") + 1)
        _note(copy, "data.export_read", copy.user.username, at)
    return one_after_another([first], frames)


@task()
def make_copy(copy_id: int) -> bool:
    """Make one copy if it still waits and no other worker has it."""
    return make_one(copy_id, timezone.now())


def make_due(at: datetime) -> int:
    """Make copies whose time has come: what lost jobs and failures left behind; how many were made."""
    due = _waiting().filter(next_attempt_at__lte=at).order_by("next_attempt_at", "pk")
    return sum(make_one(pk, at) for pk in list(due.values_list("pk", flat=True)[:COPIES_A_RUN]))


def make_one(copy_id: int, at: datetime) -> bool:
    """Make a copy that waits; False when it is made, failed, or another worker has it."""
    waiting = _waiting().filter(pk=copy_id, next_attempt_at__lte=at)
    copy = waiting.select_related("data_key", "user").first()
    if copy is None or not attempts.claim(_waiting(), copy, at, pauses=PAUSES):
        return False
    try:
        return _make(copy, at)
    except Exception as error:  # noqa: BLE001 - its words might quote what could not be packed
        log.warning("copy %s could not be made: %s", copy_id, type(error).__name__)
        attempts.note(_waiting(), copy, type(error).__name__, pauses=PAUSES)
        return False


def expire(at: datetime) -> int:
    """Destroy the copies that were kept long enough; how many."""
    over = DataExport.objects.filter(state=State.READY, expires_at__lte=at).order_by("pk")
    return sum(_expire(pk, at) for pk in list(over.values_list("pk", flat=True)))


def _make(copy: DataExport, at: datetime) -> bool:
    key, context = copy.data_key, _context(copy)
    with translation.override("zh-hans"), sealed_streams.writing(FOLDER, key, context) as sealed:
        measured = Measured(sealed)
        writing.write(measured, copy.user, at)
    made = {"stored": sealed.name, "size": measured.size, "sha256": measured.hash.hexdigest()}
    made |= {"ready_at": at, "expires_at": at + timedelta(days=DAYS_KEPT)}
    with transaction.atomic():
        stored = _waiting().filter(pk=copy.pk).update(state=State.READY, failure="", **made)
        if stored:
            _note(copy, "data.export_made", CLOCK, at, size=made["size"], sha256=made["sha256"])
    if not stored:
        sealed_files.remove(made["stored"])
    return bool(stored)


def _expire(pk: int, at: datetime) -> int:
    with transaction.atomic():
        rows = DataExport.objects.select_related("data_key").select_for_update(of=("self",), no_key=True)
        copy = rows.filter(pk=pk, state=State.READY).first()
        if copy is None:
            return 0
        stored = copy.stored
        vault.destroy(copy.data_key, at)
        copy.state, copy.stored = State.EXPIRED, ""
        copy.save(update_fields=["state", "stored"])
        _note(copy, "data.export_expired", CLOCK, at)
        transaction.on_commit(lambda: sealed_files.remove(stored))
    return 1


def _waiting() -> QuerySet[DataExport]:
    return DataExport.objects.filter(state=State.QUEUED)


def _context(copy: DataExport) -> str:
    return f"my-data:{copy.pk}"


def _note(copy: DataExport, action: str, actor: str, at: datetime, **data: object) -> None:
    chain.append(f"account:{copy.user_id}", action, actor=actor, at=at, data={"copy": copy.pk, **data})
