"""Destroying a case: its keys first, which makes all it said unreadable for good; then its files, after the commit.

What stays is what proves that it was: numbers, states, amounts, days, hashes and the audit record, none of which tells
who it was about. Backups made before still hold the keys: their own time ends the erasure (docs/operations.md).
"""

import logging
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model

from applications.door import Case
from applications.models import Application, Attachment
from approvals.models import Visit, VisitPhoto
from archives.models import DataRequest
from benefits.models import MilestoneReport
from helping.models import NoticePhoto
from papers.models import Paper, PaperService, Rendition, Scan
from people import sealed_files, vault
from people.models import DataKey

# Kept outside the database, these lines say what to destroy again after an older backup was restored.
log = logging.getLogger("archives.erased")

# Every column that names a stored file of a case, and the way from there to the case's public id.
FILES: tuple[tuple[type[Model], str, str], ...] = (
    (Attachment, "stored", "application__public_id"),
    (DataRequest, "stored", "application__public_id"),
    (MilestoneReport, "stored", "milestone__application__public_id"),
    (NoticePhoto, "stored", "notice__application__public_id"),
    (Paper, "pdf", "case_ref"),
    (PaperService, "proof", "paper__case_ref"),
    (Rendition, "pdf", "paper__case_ref"),
    (Scan, "file", "paper__case_ref"),
    (Visit, "signature_image", "application__public_id"),
    (VisitPhoto, "stored", "visit__application__public_id"),
)


def destroy(case: Case, action: str, **data: object) -> int:
    """Destroy everything a case holds, inside its door; how many files it had."""
    application, names = case.application, stored_of(case.application)
    # Before the commit: a process that is lost right after it leaves behind what to look for.
    log.info("erasing case %s:%s", application.public_id, "".join(f" {name}" for name in names))
    for key in DataKey.objects.filter(pk__in=_keys_of(application)).select_for_update(no_key=True):
        vault.destroy(key, case.at)
    application.data_key.refresh_from_db()
    case.record(action, files=len(names), **data)
    transaction.on_commit(lambda: _committed(application.public_id, names))
    return len(names)


def is_destroyed(application: Application) -> bool:
    """Whether nothing of the case can be read any more."""
    return application.data_key.destroyed_at is not None


def stored_of(application: Application) -> list[str]:
    """The stored files of a case, by name."""
    found = (
        model._base_manager.filter(**{path: application.public_id}).values_list(column, flat=True)
        for model, column, path in FILES
    )
    return sorted({name for names in found for name in names if name})


def _keys_of(application: Application) -> set:
    """The case's own key, and those of what hangs on it."""
    papers = Paper.objects.filter(case_ref=application.public_id).values_list("data_key", flat=True)
    requests = DataRequest.objects.filter(application=application).values_list("data_key", flat=True)
    return {application.data_key_id, *papers, *requests}


def remove(names: Iterable[str]) -> None:
    """Remove stored files; those that are gone are no error."""
    for name in names:
        sealed_files.remove(name)


def _committed(public_id: str, names: Iterable[str]) -> None:
    log.info("erased case %s", public_id)
    remove(names)
