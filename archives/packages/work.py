"""Making packages, by workers: claimed, retried with growing pauses, safe when a worker is killed."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django_tasks import task

from archives.models import Package, Volume
from archives.packages import writing
from audit import chain
from papers import attempts
from people import sealed_files, sealed_streams, vault

log = logging.getLogger(__name__)
FOLDER = "archives"
# Minutes until another worker may begin, after each attempt: longer than the largest package takes.
PAUSES = (60, 120, 240)
PACKAGES_A_RUN = 5
DAYS_KEPT = 7
CLOCK = "clock"


@dataclass
class Measured:
    """A stream that counts and hashes what passes to the one behind it."""

    behind: sealed_streams.SealingWriter
    size: int = 0
    hash: Any = field(default_factory=hashlib.sha256)

    def write(self, plain: bytes) -> int:
        """Pass bytes on."""
        self.size += len(plain)
        self.hash.update(plain)
        return self.behind.write(plain)

    def flush(self) -> None:
        """Pass it on."""
        self.behind.flush()


@task()
def make_package(package_id: int) -> bool:
    """Make one package if it still waits and no other worker has it."""
    return make_one(package_id, timezone.now())


def make_due(at: datetime) -> int:
    """Make packages whose time has come: what lost jobs and failures left behind; how many were made."""
    due = _waiting().filter(next_attempt_at__lte=at).order_by("next_attempt_at", "pk")
    return sum(make_one(pk, at) for pk in list(due.values_list("pk", flat=True)[:PACKAGES_A_RUN]))


def make_one(package_id: int, at: datetime) -> bool:
    """Make a package that waits; False when it is made, failed, or another worker has it."""
    related = ("data_key", "volume", "handover__paper__data_key")
    package = _waiting().select_related(*related).filter(pk=package_id, next_attempt_at__lte=at).first()
    if package is None or not attempts.claim(_waiting(), package, at, pauses=PAUSES):
        return False
    try:
        return _make(package, at)
    except Exception as error:  # noqa: BLE001 - its words, and what surrounds it, might quote what could not be packed
        log.warning("package %s could not be made: %s", package_id, type(error).__name__)
        attempts.note(_waiting(), package, type(error).__name__, pauses=PAUSES)
        return False


def expire(at: datetime) -> int:
    """End the packages that were kept long enough: the key is destroyed, the file removed; how many."""
    over = Package.objects.filter(state=Package.State.READY, expires_at__lte=at).order_by("pk")
    return sum(_expire(pk, at) for pk in list(over.values_list("pk", flat=True)))


def context_of(package: Package) -> str:
    """Where the sealed package belongs."""
    return f"package:{package.pk}"


def _waiting() -> QuerySet[Package]:
    return Package.objects.filter(state=Package.State.QUEUED)


def _make(package: Package, at: datetime) -> bool:
    with (
        translation.override("zh-hans"),
        sealed_streams.writing(FOLDER, package.data_key, context_of(package)) as sealed,
    ):
        measured = Measured(sealed)
        manifest, count = writing.write(measured, _volumes(package), package.handover)
    made = {"stored": sealed.name, "size": measured.size, "sha256": measured.hash.hexdigest()}
    made |= {"manifest_sha256": manifest, "ready_at": at, "expires_at": at + timedelta(days=DAYS_KEPT)}
    return _store(package, made, count, at)


def _volumes(package: Package) -> Iterable[Volume]:
    if package.handover is None:
        return Volume.objects.filter(pk=package.volume_id).select_related("office")
    return package.handover.volumes.select_related("office").order_by("sequence")


def _store(package: Package, made: dict[str, Any], count: int, at: datetime) -> bool:
    """Keep the file, and its hashes in the audit trail. Had another worker been first, this one's is removed."""
    with transaction.atomic():
        stored = _waiting().filter(pk=package.pk).update(state=Package.State.READY, failure="", **made)
        if stored:
            hashes = {"sha256": made["sha256"], "manifest_sha256": made["manifest_sha256"]}
            data = {"package": package.pk, "members": count, "size": made["size"], **hashes}
            _tell(package, "archive.package_made", at, data)
    if not stored:
        sealed_files.remove(made["stored"])
    return bool(stored)


def _expire(pk: int, at: datetime) -> int:
    with transaction.atomic():
        rows = Package.objects.select_for_update(of=("self",), no_key=True).select_related(
            "data_key", "volume", "handover"
        )
        package = rows.filter(pk=pk, state=Package.State.READY).first()
        if package is None:
            return 0
        stored = package.stored
        vault.destroy(package.data_key, at)
        package.state, package.stored = Package.State.EXPIRED, ""
        package.save(update_fields=["state", "stored"])
        _tell(package, "archive.package_expired", at, {"package": pk})
        transaction.on_commit(lambda: sealed_files.remove(stored))
    return 1


def _tell(package: Package, action: str, at: datetime, data: dict[str, Any]) -> None:
    chain.append(package.stream, action, actor=CLOCK, at=at, subject=package.subject, data=data)
