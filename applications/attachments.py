"""Papers handed in 材料: added, removed and opened. Files and their names are encrypted with the case key.

What was filed in an earlier round is never destroyed: a paper taken back in a correction is only marked as replaced.
"""

import hashlib
import uuid
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions, own, papers_due, uploads
from applications import answers as answers_of
from applications.asking import asking_of
from applications.door import Case
from applications.models import Application, Attachment
from applications.own import Act
from applications.states import State
from people import sealed_files, vault
from people.models import User
from people.refusals import Conflict, Invalid, NotFound
from schemes.texts import LocalText

FOLDER = "attachments"
MOST_FILES = 12
# Beside the papers a scheme asks for: what is kept with a case whatever it asks.
SIGNED_FORM = "signed_form"
BESIDE = {SIGNED_FORM: LocalText(zh="签名的纸质申请表", en="Signed paper form")}


def add(
    user: User, public_id: str, paper: str, upload: UploadedFile, at: datetime, *, version: int | None = None
) -> Attachment:
    """Add one file to a paper asked for, in a draft, where a correction names that paper or where it was promised.

    Raises Invalid (what is wrong with the file), Conflict (not now, or a stale page), NotFound.
    """
    clean = uploads.cleaned(upload.name or "", _read(upload), settings.UPLOAD_MAX_BYTES)
    return add_clean(user, public_id, paper, clean, at, version=version)


def add_clean(
    user: User, public_id: str, paper: str, clean: uploads.CleanFile, at: datetime, *, version: int | None = None
) -> Attachment:
    """The same of a file that is clean already. Whoever rolls back removes it: `sealed_files.remove(stored)`."""
    with actions.own_case(user, public_id, at, Act.EDIT, version=version) as case:
        _check_takes(case, paper)
        attachment = _row(case, paper, clean)
        attachment.stored = sealed_files.put(FOLDER, case.application.data_key, clean.content, _context(attachment))
        try:
            _keep(case, attachment)
        except BaseException:
            sealed_files.remove(attachment.stored)
            raise
    return attachment


def put_beside(case: Case, paper: str, clean: uploads.CleanFile) -> Attachment:
    """Keep a (clean) file beside the papers the scheme asks for, in a draft or a correction; inside the door.

    Raises Conflict (not now), Invalid (too many). Whoever rolls back removes the file: `sealed_files.remove(stored)`.
    """
    if case.application.state not in {State.DRAFT, State.RETURNED}:
        raise Conflict(_("申请已提交，现在不能增减材料。"), code="not_editable")
    attachment = _row(case, paper, clean)
    attachment.stored = sealed_files.put(FOLDER, case.application.data_key, clean.content, _context(attachment))
    try:
        _keep(case, attachment)
    except BaseException:
        sealed_files.remove(attachment.stored)
        raise
    return attachment


def copy_into(case: Case, file: Attachment) -> Attachment:
    """A file of another case of the same person, copied under this draft's own key.

    The caller has checked whose both cases are. Raises FileNotFoundError where the bytes are gone.
    """
    clean = uploads.CleanFile(name_of(file, file.application), file.content_type, content_of(file))
    copy = _row(case, file.paper, clean)
    copy.taken_from = file
    copy.stored = sealed_files.put(FOLDER, case.application.data_key, clean.content, _context(copy))
    copy.save()
    return copy


def remove(user: User, public_id: str, attachment: uuid.UUID, at: datetime, *, version: int | None = None) -> None:
    """Take a file back: deleted while it was never filed, otherwise marked as replaced and kept."""
    with actions.own_case(user, public_id, at, Act.EDIT, version=version) as case:
        row = case.application.attachments.filter(public_id=attachment, replaced_at__isnull=True).first()
        if row is None:
            raise NotFound()
        _check_asked(case, row.paper)
        _take_back(case, row)
        case.save()
        case.record("attachment.removed", paper=row.paper, attachment=str(row.public_id))


def current(application: Application) -> list[Attachment]:
    """The files that stand, by paper and in the order they were added."""
    return list(application.attachments.filter(replaced_at__isnull=True).order_by("paper", "id"))


def open_own(user: User, public_id: str, attachment: uuid.UUID) -> tuple[Attachment, bytes]:
    """A file of the user's own case and its bytes; for everybody else it does not exist (NotFound)."""
    rows = Attachment.objects.select_related("application__data_key")
    mine = own.cases_of(user).filter(public_id=public_id)
    row = rows.filter(public_id=attachment, application__in=mine).first()
    if row is None:
        raise NotFound()
    return row, content_of(row)


def content_of(attachment: Attachment) -> bytes:
    """The bytes of a file. The caller has checked who asks, and records the reading where it is not the owner."""
    return sealed_files.get(attachment.stored, attachment.application.data_key, _context(attachment))


def name_of(attachment: Attachment, application: Application) -> str:
    """The name the file is shown and downloaded under."""
    return vault.decrypt(application.data_key, bytes(attachment.name), f"{_context(attachment)}:name")


def _read(upload: UploadedFile) -> bytes:
    """At most one byte more than is allowed: an oversized file is refused, never read whole."""
    return upload.read(settings.UPLOAD_MAX_BYTES + 1)


def _context(attachment: Attachment) -> str:
    return f"attachment:{attachment.public_id}"


def _check_takes(case: Case, paper: str) -> None:
    """A filed case takes what was promised and has not come; a draft and a correction what they ask for."""
    application = case.application
    if application.state in papers_due.STILL_TAKEN:
        awaited = papers_due.outstanding(application, timezone.localdate(case.at))
        if paper in {one.paper.code for one in awaited}:
            return
    _check_asked(case, paper)


def _check_asked(case: Case, paper: str) -> None:
    application = case.application
    if application.state not in {State.DRAFT, State.RETURNED}:
        raise Conflict(_("申请已提交，现在不能增减材料。"), code="not_editable")
    asked = asking_of(application, answers_of.read(application), timezone.localdate(case.at))
    if paper not in {one.code for one in asked.papers}:
        raise Conflict(_("现在不需要这份材料。"), code="not_asked")


def _row(case: Case, paper: str, clean: uploads.CleanFile) -> Attachment:
    application = case.application
    if application.attachments.filter(paper=paper, replaced_at__isnull=True).count() >= MOST_FILES:
        text = _("同一项材料最多上传%(most)s个文件。请先移除不需要的，或者合并成一个PDF。")
        raise Invalid(text % {"most": MOST_FILES}, code="too_many")
    attachment = Attachment(
        public_id=uuid.uuid4(),
        application=application,
        paper=paper,
        content_type=clean.content_type,
        size=len(clean.content),
        sha256=hashlib.sha256(clean.content).hexdigest(),
        round=application.round + (application.state in {State.DRAFT, State.RETURNED}),
        added_by=case.user,
        added_at=case.at,
    )
    attachment.name = vault.encrypt(application.data_key, clean.name, f"{_context(attachment)}:name")
    return attachment


def _keep(case: Case, attachment: Attachment) -> None:
    attachment.save()
    case.application.saved_at = case.at
    case.save()
    action = "attachment.followed" if case.application.state in papers_due.STILL_TAKEN else "attachment.added"
    case.record(action, paper=attachment.paper, attachment=str(attachment.public_id), size=attachment.size)


def _take_back(case: Case, row: Attachment) -> None:
    if row.round <= case.application.round:
        row.replaced_at = case.at
        row.save(update_fields=["replaced_at"])
        return
    row.delete()
    transaction.on_commit(lambda: sealed_files.remove(row.stored))
