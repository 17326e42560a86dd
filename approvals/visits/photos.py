"""Photos of a visit, sent one by one over whatever network there is: the same token twice is one photo."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from applications import door
from applications.uploads import CleanFile
from approvals.models import Visit, VisitPhoto
from approvals.visits import access, pictures
from people import sealed_files, vault
from people.finding import one_of
from people.models import User
from people.refusals import Conflict, Invalid

MOST_PHOTOS = 20
LONGEST_CAPTION = 60
# assumed: a telephone without network sends what it kept when it is back; later the record is closed.
DAYS_AFTER_REPORT = 3
OLDEST = timedelta(days=60)


@dataclass(frozen=True)
class Sent:
    """A photo as it was sent. `token` is the sender's own; `taken_at` is what the device says, None where unknown."""

    token: uuid.UUID
    upload: UploadedFile
    caption: str = ""
    taken_at: datetime | None = None


def add(user: User, pk: int, sent: Sent, at: datetime) -> VisitPhoto:
    """Keep a photo. Sent again with the same token, the one already kept is given back and nothing changes.

    Raises NotFound, Refused (not one of the two), Invalid (what is wrong with the file), Conflict (too late).
    """
    visit = access.visit_for(user, pk, at)
    access.require_visitor(user, visit)
    known = visit.photos.filter(token=sent.token).first()
    if known is not None:
        return known
    clean = pictures.cleaned(sent.upload)
    with door.open_locked(visit.application_id, visit.application.process_ref, user=user, at=at) as case:
        visit = Visit.objects.get(pk=pk)
        known = visit.photos.filter(token=sent.token).first()
        if known is not None:
            return known
        _check_open(visit, at)
        return _keep(case, visit, sent, clean)


def _check_open(visit: Visit, at: datetime) -> None:
    if visit.state == Visit.State.CANCELLED:
        raise Conflict(_("这次入户核查已经取消，不能再传照片。"), code="cancelled")
    if visit.ended_at is not None and at > visit.ended_at + timedelta(days=DAYS_AFTER_REPORT):
        text = _("核查报告提交已超过%(days)s天，不能再传照片。")
        raise Conflict(text % {"days": DAYS_AFTER_REPORT}, code="too_late")
    if visit.photos.count() >= MOST_PHOTOS:
        raise Invalid(_("一次核查最多上传%(most)s张照片。") % {"most": MOST_PHOTOS}, code="too_many")


def _keep(case: door.Case, visit: Visit, sent: Sent, clean: CleanFile) -> VisitPhoto:
    public_id = uuid.uuid4()
    stored = pictures.store(case.application, clean, _context(public_id))
    try:
        photo = VisitPhoto.objects.create(
            public_id=public_id,
            visit=visit,
            token=sent.token,
            stored=stored.name,
            content_type=stored.content_type,
            sha256=stored.sha256,
            size=stored.size,
            caption=vault.encrypt(case.application.data_key, sent.caption[:LONGEST_CAPTION], _caption(public_id)),
            taken_at=_believable(sent.taken_at, case.at),
            added_by=case.user,
            added_at=case.at,
        )
        case.record("visit.photo_added", visit=visit.pk, photo=str(public_id), size=photo.size)
    except BaseException:
        sealed_files.remove(stored.name)
        raise
    return photo


def _believable(taken_at: datetime | None, at: datetime) -> datetime | None:
    """What the device says, unless its clock is off."""
    return taken_at if taken_at is not None and at - OLDEST <= taken_at <= at + timedelta(minutes=10) else None


def _context(public_id: uuid.UUID) -> str:
    return f"visit_photo:{public_id}"


def _caption(public_id: uuid.UUID) -> str:
    return f"visit_photo:{public_id}:caption"


def photo_for(user: User, pk: int, public_id: uuid.UUID, at: datetime) -> VisitPhoto:
    """One photo of a visit the user may read. Raises NotFound."""
    return one_of(access.visit_for(user, pk, at).photos, public_id=public_id)


def content_of(photo: VisitPhoto, visit: Visit) -> bytes:
    """The bytes of a photo. The caller has checked who asks, and records the reading."""
    return pictures.opened(visit.application, photo.stored, photo.sha256, _context(photo.public_id))


def caption_of(photo: VisitPhoto, visit: Visit) -> str:
    """What was written under a photo."""
    return vault.decrypt(visit.application.data_key, bytes(photo.caption), _caption(photo.public_id))
