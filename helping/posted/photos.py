"""Photos of a notice as it hangs: who may add them, on which days they may have been taken, how they are kept."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import door, uploads
from approvals.models import PublicNotice
from approvals.scope import visible_cases
from helping.models import NoticePhoto
from helping.standing import bodies_of
from people import sealed_files, vault
from people.areas import inside
from people.finding import one_of
from people.models import Office, User
from people.refusals import Conflict, Invalid, NotFound

FOLDER = "notice-photos"
MOST_PHOTOS = 20
LONGEST_PLACE = 60
# assumed: who photographs the sheet as it is taken down may be without network for some days.
DAYS_AFTER = timedelta(days=7)
PICTURES = frozenset({uploads.JPEG, uploads.PNG})


@dataclass(frozen=True)
class Sent:
    """A photo as it was sent: the day it was taken on, and where the sheet hangs."""

    upload: UploadedFile
    taken_on: date
    place: str


def notices_for(user: User, at: datetime) -> QuerySet[PublicNotice]:
    """Notices whose posting the user can prove: of their office or of their township; running, or just over."""
    offices = bodies_of(user, at)
    townships = [one.division_id for one in offices if one.function == Office.Function.TOWNSHIP]
    mine = Q(office__in=[one.pk for one in offices]) | inside("application__division", townships)
    recent = Q(ended_at__isnull=True) | Q(ended_at__gte=at - DAYS_AFTER)
    related = ("application__data_key", "application__scheme_version", "office")
    return PublicNotice.objects.filter(mine, recent, starts_at__lte=at).select_related(*related).order_by("-pk")


def notice_for(user: User, pk: int, at: datetime) -> PublicNotice:
    """One of them. Raises NotFound."""
    return one_of(notices_for(user, at), pk=pk)


def add(user: User, pk: int, sent: Sent, at: datetime) -> NoticePhoto:
    """Keep a photo: drawn anew without position and camera, sealed with the case key.

    Raises NotFound, Invalid for the file or a day outside the notice, Conflict for the same photo again.
    """
    notice = notice_for(user, pk, at)
    clean = _cleaned(sent)
    _check(notice, sent, at)
    with door.open_locked(notice.application_id, notice.application.process_ref, user=user, at=at) as case:
        return _keep(case, notice, sent, clean)


def photos_of(notice: PublicNotice) -> list[tuple[NoticePhoto, str]]:
    """The photos of a notice with the places they say, by day. The caller records the reading."""
    return [(photo, place_of(photo, notice)) for photo in notice.photos.all()]


def photo_for(user: User, public_id: uuid.UUID, at: datetime) -> NoticePhoto:
    """A photo, for who added such photos and for officials who see the case. Raises NotFound."""
    rows = NoticePhoto.objects.select_related("notice__application__data_key")
    photo = rows.filter(public_id=public_id).first()
    if photo is None:
        raise NotFound()
    seen = visible_cases(user, at).filter(pk=photo.notice.application_id)
    if not (notices_for(user, at).filter(pk=photo.notice_id).exists() or seen.exists()):
        raise NotFound()
    return photo


def content_of(photo: NoticePhoto) -> bytes:
    """The bytes of a photo. The caller records the reading."""
    return sealed_files.get(photo.stored, photo.notice.application.data_key, _context(photo.public_id))


def place_of(photo: NoticePhoto, notice: PublicNotice) -> str:
    """Where the sheet hung; "" where the case's data were erased."""
    try:
        return vault.decrypt(notice.application.data_key, bytes(photo.place), f"{_context(photo.public_id)}:place")
    except vault.KeyDestroyed:
        return ""


def _cleaned(sent: Sent) -> uploads.CleanFile:
    try:
        most = settings.UPLOAD_MAX_BYTES
        clean = uploads.cleaned(sent.upload.name or "", sent.upload.read(most + 1), most)
    except Invalid as refusal:
        raise Invalid(errors={"photo": str(refusal.message)}, code=refusal.code) from refusal
    if clean.content_type not in PICTURES:
        raise Invalid(errors={"photo": _("这里只能上传JPG或PNG照片。PDF等文件请拍照后上传。")}, code="kind")
    return clean


def _check(notice: PublicNotice, sent: Sent, at: datetime) -> None:
    first, last = period_of(notice)
    errors = {}
    if sent.taken_on > timezone.localdate(at):
        errors["taken_on"] = _("拍摄日期不能晚于今天。")
    elif not first <= sent.taken_on <= last:
        told = {"first": first.isoformat(), "last": last.isoformat()}
        errors["taken_on"] = _("拍摄日期要在公示期内：%(first)s至%(last)s。") % told
    if not sent.place.strip() or len(sent.place) > LONGEST_PLACE:
        errors["place"] = _("请写明张贴在哪里，不超过60个字，例如：村委会公示栏。")
    if notice.photos.count() >= MOST_PHOTOS:
        errors["photo"] = _("一次公示最多上传%(most)s张照片。") % {"most": MOST_PHOTOS}
    if errors:
        raise Invalid(errors=errors, code="photo")


def period_of(notice: PublicNotice) -> tuple[date, date]:
    """The first and the last day on which the sheet hung."""
    end = min(notice.ends_at, notice.ended_at or notice.ends_at)
    return timezone.localdate(notice.starts_at), timezone.localdate(end)


def _keep(case: door.Case, notice: PublicNotice, sent: Sent, clean: uploads.CleanFile) -> NoticePhoto:
    public_id, mark = uuid.uuid4(), hashlib.sha256(clean.content).hexdigest()
    if notice.photos.filter(sha256=mark).exists():
        raise Conflict(_("这张照片已经上传过。"), code="photo_there")
    key = case.application.data_key
    stored = sealed_files.put(FOLDER, key, clean.content, _context(public_id))
    try:
        photo = NoticePhoto.objects.create(
            public_id=public_id,
            notice=notice,
            taken_on=sent.taken_on,
            place=vault.encrypt(key, sent.place.strip(), f"{_context(public_id)}:place"),
            stored=stored,
            content_type=clean.content_type,
            size=len(clean.content),
            sha256=mark,
            added_by=case.user,
            added_at=case.at,
        )
        case.record("notice.photographed", stage=notice.stage, photo=str(public_id), on=sent.taken_on.isoformat())
    except BaseException:
        sealed_files.remove(stored)
        raise
    return photo


def _context(public_id: uuid.UUID) -> str:
    return f"notice_photo:{public_id}"
