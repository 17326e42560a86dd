"""Rotation of the master key: every data key is wrapped anew, a batch a transaction; what they protect stays as it is.

Safe beside a running site, beside a second run, and when it is killed: a batch is done or not done.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Count, QuerySet

from people import vault
from people.models import DataKey

BATCH = 500
ROWS_A_STATEMENT = 100


@dataclass(frozen=True)
class Rotated:
    """What a run did: how many keys it wrapped anew, and which could not be opened."""

    done: int
    failed: list[UUID]


def standing() -> dict[int, int]:
    """How many living keys each version of the master key wraps."""
    living = DataKey.objects.filter(destroyed_at__isnull=True).order_by("master_version")
    return dict(living.values_list("master_version").annotate(count=Count("pk")))


def behind() -> QuerySet[DataKey]:
    """Living keys that another version than the newest wraps."""
    return DataKey.objects.filter(destroyed_at__isnull=True).exclude(master_version=settings.VAULT_MASTER_VERSION)


def lost_versions() -> list[int]:
    """Versions that wrap living keys and have no master key in the settings: what those protect cannot be read."""
    return [version for version in standing() if version not in settings.VAULT_MASTER_KEYS]


def rotate(tell: Callable[[int, int], None], batch: int = BATCH) -> Rotated:
    """Wrap every key that is behind; `tell(done, of)` after each batch. Run again, it goes on where it stopped."""
    of, done, failed = behind().count(), 0, []
    for keys in _batches(batch):
        wrapped, faulty = _wrap(keys)
        done, failed = done + wrapped, failed + faulty
        tell(done, of)
    return Rotated(done, failed)


def _batches(size: int) -> Iterator[list[UUID]]:
    """The keys that are behind, in the order of their ids, each looked at once a run."""
    found = list(behind().order_by("pk").values_list("pk", flat=True)[:size])
    while found:
        yield found
        found = list(behind().filter(pk__gt=found[-1]).order_by("pk").values_list("pk", flat=True)[:size])


@transaction.atomic
def _wrap(ids: list[UUID]) -> tuple[int, list[UUID]]:
    """One batch under its locks: a key that was wrapped or destroyed since is passed over."""
    done, failed = [], []
    for key in behind().filter(pk__in=ids).order_by("pk").select_for_update(no_key=True):
        try:
            vault.wrap_anew(key)
            done.append(key)
        except (vault.VaultError, ImproperlyConfigured):
            failed.append(key.pk)
    DataKey.objects.bulk_update(done, ["wrapped", "master_version"], batch_size=ROWS_A_STATEMENT)
    return len(done), failed
