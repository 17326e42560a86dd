"""Destroying a case: its keys first, which makes all it said unreadable for good; then its files, after the commit.

What stays is what proves that it was: numbers, states, amounts, days, hashes and the audit record, none of which tells
who it was about. Backups made before still hold the keys: their own time ends the erasure (docs/operations.md).
"""

import logging
from collections.abc import Iterable

from django.db import transaction

from applications.door import Case
from applications.models import Application
from approvals.models import Visit, VisitPhoto
from archives.models import DataRequest
from papers.models import Paper, PaperService, Rendition, Scan
from people import sealed_files, vault
from people.models import DataKey

# Kept outside the database, these lines say what to destroy again after an older backup was restored.
log = logging.getLogger("archives.erased")


def destroy(case: Case, action: str, **data: object) -> int:
    """Destroy everything a case holds, inside its door; how many files it had."""
    application, names = case.application, stored_of(case.application)
    for key in DataKey.objects.filter(pk__in=_keys_of(application)).select_for_update(no_key=True):
        vault.destroy(key, case.at)
    application.data_key.refresh_from_db()
    case.record(action, files=len(names), **data)
    transaction.on_commit(lambda: _remove(application.public_id, names))
    return len(names)


def is_destroyed(application: Application) -> bool:
    """Whether nothing of the case can be read any more."""
    return application.data_key.destroyed_at is not None


def stored_of(application: Application) -> list[str]:
    """The stored files of a case, by name."""
    ref = {"paper__case_ref": application.public_id}
    found = [
        application.attachments.values_list("stored", flat=True),
        application.data_requests.values_list("stored", flat=True),
        Paper.objects.filter(case_ref=application.public_id).values_list("pdf", flat=True),
        Rendition.objects.filter(**ref).values_list("pdf", flat=True),
        Scan.objects.filter(**ref).values_list("file", flat=True),
        PaperService.objects.filter(**ref).values_list("proof", flat=True),
        Visit.objects.filter(application=application).values_list("signature_image", flat=True),
        VisitPhoto.objects.filter(visit__application=application).values_list("stored", flat=True),
    ]
    return sorted({name for names in found for name in names if name})


def _keys_of(application: Application) -> set:
    """The case's own key, and those of what hangs on it."""
    papers = Paper.objects.filter(case_ref=application.public_id).values_list("data_key", flat=True)
    requests = DataRequest.objects.filter(application=application).values_list("data_key", flat=True)
    return {application.data_key_id, *papers, *requests}


def _remove(public_id: str, names: Iterable[str]) -> None:
    log.info("erased case %s", public_id)
    for name in names:
        sealed_files.remove(name)
