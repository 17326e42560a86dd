"""Filing scans of signed forms: each part goes to the draft whose code it bears, or nothing is filed."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from applications import actions, attachments, uploads
from applications.attachments import SIGNED_FORM
from applications.models import Application, Attachment
from applications.own import Act
from applications.states import State
from helping.models import PaperForm
from helping.paper_forms.making import form_of
from papers.codes import grouped
from papers.seals import aside, scans
from people import sealed_files
from people.joining import labelled
from people.models import User
from people.refusals import Invalid, NotFound

DOTS_AN_INCH = 200
PROMISES = frozenset({State.DRAFT, State.RETURNED})


@dataclass(frozen=True)
class Part:
    """Pages of a scan that belong to one form."""

    form: PaperForm
    clean: uploads.CleanFile


def file(user: User, sent: Iterable[UploadedFile], code: str, at: datetime) -> list[Application]:
    """File everything that was sent, or nothing; the applications it went to. `code`: where none can be read.

    Raises Invalid with what to do: a file of the wrong kind, a page without code, a form of somebody else's.
    """
    parts = [part for upload in sent for part in _parts(user, upload, code.strip(), at)]
    if not parts:
        raise _refused("files", _("请选择扫描好的文件或者照片。"))
    kept: list[Attachment] = []
    try:
        with transaction.atomic():
            kept.extend(_keep(user, part, at) for part in sorted(parts, key=lambda one: one.form.application_id))
    except BaseException:
        for attachment in kept:
            sealed_files.remove(attachment.stored)
        raise
    return list({part.form.application_id: part.form.application for part in parts}.values())


def _keep(user: User, part: Part, at: datetime) -> Attachment:
    with actions.own_case(user, part.form.application.public_id, at, Act.EDIT) as case:
        attachment = attachments.put_beside(case, SIGNED_FORM, part.clean)
        case.record("form.filed", form=part.form.code)
    return attachment


def _parts(user: User, upload: UploadedFile, code: str, at: datetime) -> list[Part]:
    clean = _cleaned(upload)
    if code:
        return [Part(_form(user, code, at, "code"), clean)]
    pdf = clean.content if clean.content_type == uploads.PDF else _as_pdf(clean.content)
    try:
        pages = scans.codes_on(pdf)
    except aside.NoAnswer as error:
        raise _refused("files", _("%(name)s 无法读取。请重新扫描后再上传。") % {"name": clean.name}) from error
    found = scans.divided(pages)
    if any(not part.code for part in found):
        text = _("%(name)s 有读不出二维码的页面。请重新拍清楚最后一页的二维码，或者填写表格编号单独上传。")
        raise _refused("files", text % {"name": clean.name})
    if clean.content_type != uploads.PDF:
        return [Part(_form(user, found[0].code, at, "files"), clean)]
    return [_cut(user, clean, pdf, part, at) for part in found]


def _cut(user: User, clean: uploads.CleanFile, pdf: bytes, part: scans.Part, at: datetime) -> Part:
    form = _form(user, part.code, at, "files")
    return Part(form, uploads.CleanFile(f"{grouped(form.code)}.pdf", uploads.PDF, scans.cut(pdf, part)))


def _form(user: User, code: str, at: datetime, field: str) -> PaperForm:
    try:
        form = form_of(user, code, at)
    except NotFound as error:
        text = _("没有编号为%(code)s的申请表，或者它不是您打印的。请核对编号。")
        raise _refused(field, text % {"code": grouped(code)}) from error
    if form.application.state not in PROMISES:
        text = _("编号为%(code)s的申请已经提交，不用再上传申请表。")
        raise _refused(field, text % {"code": grouped(form.code)})
    return form


def _cleaned(upload: UploadedFile) -> uploads.CleanFile:
    try:
        most = settings.UPLOAD_MAX_BYTES
        return uploads.cleaned(upload.name or "", upload.read(most + 1), most)
    except Invalid as refusal:
        raise _refused("files", labelled(upload.name, refusal.message)) from refusal


def _as_pdf(picture: bytes) -> bytes:
    target = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as opened:
        opened.convert("RGB").save(target, "PDF", resolution=DOTS_AN_INCH)
    return target.getvalue()


def _refused(field: str, message: str) -> Invalid:
    return Invalid(errors={field: message}, code="scan")
